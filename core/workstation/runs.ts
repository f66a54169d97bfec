import type { Handlers } from '../contract/contract.ts'
import type { WireColumns } from '../contract/define.ts'
import { pickRows, thinRows } from '../lib/thin-rows.ts'
import type { RunTable, RunTableName } from '../stores/run-store.ts'
import type { Stores } from '../stores/stores.ts'
import { compareTrades, plainDifferences } from './run-comparison.ts'
import type { Topics } from './topics.ts'

type RunHandlers = Pick<
  Handlers,
  | 'run.list'
  | 'run.get'
  | 'run.equity'
  | 'run.trades'
  | 'run.orders'
  | 'run.fills'
  | 'run.rolls'
  | 'run.compare'
  | 'run.annotate'
  | 'run.delete'
>

/** Stored runs: reading, comparing, annotating, deleting. */
export function runHandlers({ runs }: Stores, topics: Topics): RunHandlers {
  const table = async (run: string, name: RunTableName) => {
    const { rows, columns, texts } = await runs.columns(run, name)
    return { reply: { rows, texts: mutableTexts(texts) }, columns }
  }
  return {
    'run.list': (query) => runs.list(query),
    'run.get': (takes) => runs.get(takes.run),
    'run.equity': async ({ run, maxRows }) => {
      const [equity, recorded] = await Promise.all([runs.columns(run, 'equity'), runs.columns(run, 'recorded')])
      const columns = thinned(equity, recorded, maxRows)
      return { reply: { rows: columns.time?.length ?? 0, columns: Object.keys(columns) }, columns }
    },
    'run.trades': ({ run }) => table(run, 'trades'),
    'run.orders': ({ run }) => table(run, 'orders'),
    'run.fills': ({ run }) => table(run, 'fills'),
    'run.rolls': ({ run }) => table(run, 'rolls'),
    'run.compare': async ({ a, b }) => {
      const [left, right, leftTrades, rightTrades] = await Promise.all([
        runs.get(a),
        runs.get(b),
        runs.columns(a, 'trades'),
        runs.columns(b, 'trades'),
      ])
      const { counts, columns } = compareTrades(leftTrades.columns, rightTrades.columns, {
        a: (code) => leftTrades.texts.instrument?.[code] ?? '',
        b: (code) => rightTrades.texts.instrument?.[code] ?? '',
      })
      const reply = {
        differences: plainDifferences(left.summary.config, right.summary.config),
        sameCode: left.capsule.codeHash === right.capsule.codeHash,
        sameData: plainDifferences(left.capsule.data, right.capsule.data).length === 0,
        counts,
      }
      return { reply, columns }
    },
    'run.annotate': async ({ run, note }) => {
      const summary = await runs.annotate(run, note)
      topics.publish('run.changed', { run, state: summary.state })
      return {}
    },
    'run.delete': async ({ run }) => {
      await runs.delete(run)
      topics.publish('run.changed', { run, state: 'deleted' })
      return {}
    },
  }
}

function mutableTexts(texts: RunTable['texts']): Record<string, string[]> {
  return Object.fromEntries(Object.entries(texts).map(([name, values]) => [name, [...values]]))
}

/** Equity, cash … and recorded series as one table, thinned by the equity curve's extremes. */
function thinned(equity: RunTable, recorded: RunTable, maxRows: number): WireColumns {
  const all = Object.entries(equity.columns)
  for (const [name, values] of Object.entries(recorded.columns)) {
    if (values.length === equity.rows) all.push([`record:${name}`, values])
  }
  if (maxRows === 0 || equity.rows <= maxRows) return Object.fromEntries(all)
  const rows = thinRows(equity.columns.equity ?? new Float64Array(equity.rows), maxRows)
  return Object.fromEntries(all.map(([name, values]) => [name, pickRows(values, rows)]))
}
