import type { Takes } from '../../../contract/contract.ts'
import { callService } from '../../call-service.ts'
import { cell, dateCell, jsonColumns, textTable } from '../output.ts'
import { exitCode, flag, number, positional, text, type Verb } from '../verb.ts'

export const runsVerb: Verb = {
  name: 'runs',
  words: 0,
  usage: 'runs [--search WORDS] [--limit 20] [--delete RUN]',
  about: 'Lists stored runs, newest first.',
  options: { search: { type: 'string' }, limit: { type: 'string' }, delete: { type: 'string' } },
  async run({ output, values, service }) {
    const running = await service()
    const doomed = text(values, 'delete')
    if (doomed !== undefined) await callService(running, 'run.delete', { run: doomed })
    const query: Takes<'run.list'> = {
      search: text(values, 'search') ?? '',
      limit: number(values, 'limit') ?? 20,
      offset: 0,
    }
    const { runs, total } = await callService(running, 'run.list', query)
    output.answer({ runs, total }, () => {
      const rows = runs.map(({ id, createdAt, strategyName, config, state, counts, metrics }) => {
        const percent = (metric: string) => {
          const value = metrics[metric]
          return value === null || value === undefined ? '–' : `${cell(value * 100)} %`
        }
        return [
          id,
          dateCell(createdAt),
          state,
          strategyName,
          config.instruments.join(','),
          config.interval,
          String(counts.trades),
          percent('total-return'),
          percent('max-drawdown'),
        ]
      })
      const head = ['run', 'created', 'state', 'strategy', 'data', 'interval', 'trades', 'return', 'drawdown']
      return `${textTable(head, rows)}\n${runs.length} of ${total}`
    })
    return exitCode.done
  },
}

export const runVerb: Verb = {
  name: 'run',
  words: 1,
  usage: 'run RUN [--trades] [--fills] [--orders] [--rolls] [--equity] [--changes]',
  about: 'One run with its capsule, and on demand its tables.',
  options: {
    trades: { type: 'boolean' },
    fills: { type: 'boolean' },
    orders: { type: 'boolean' },
    rolls: { type: 'boolean' },
    equity: { type: 'boolean' },
    changes: { type: 'boolean' },
  },
  async run(context) {
    const { output, values } = context
    const service = await context.service()
    const run = positional(context, 0, 'RUN')
    const document: Record<string, unknown> = { ...(await callService(service, 'run.get', { run })) }
    for (const name of ['trades', 'fills', 'orders', 'rolls'] as const) {
      if (!flag(values, name)) continue
      const { reply, columns } = await callService(service, `run.${name}`, { run })
      document[name] = { ...reply, columns: jsonColumns(columns) }
    }
    if (flag(values, 'changes')) document.changes = (await callService(service, 'run.changes', { run })).data
    if (flag(values, 'equity')) {
      const { reply, columns } = await callService(service, 'run.equity', { run, maxRows: 0 })
      document.equity = { rows: reply.rows, columns: jsonColumns(columns) }
    }
    output.answer(document, () => JSON.stringify(document, null, 2))
    return exitCode.done
  },
}
