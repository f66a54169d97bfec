import { fillColumns } from '../../core/broker/fill-table.ts'
import { Session } from '../../core/engine/session.ts'
import { firstDifference } from './compare.ts'
import { derivedFeed, feedBars, intervalOf, type MultiCase } from './multi-feeds.ts'
import { multiStrategy, type Recorder } from './multi-strategies.ts'
import { type NamedSettings, upstreamConfig } from './named-run.ts'
import type { Verdict } from './orders.ts'
import { Unsupported, verdictOf } from './verdict.ts'

/** Runs the cases with several datas or timeframes in the engine. */
export function checkMulti(cases: readonly MultiCase[], path: string): Verdict[] {
  return cases.map((multiCase) => verdictOf(multiCase.id, () => multiDifference(multiCase, path)))
}

function multiDifference(multiCase: MultiCase, path: string): string | undefined {
  const observed = observe(multiCase, path)
  if (observed === undefined) throw new Unsupported(`strategy “${multiCase.strategy}”`)
  return (
    firstDifference(multiCase.rows, observed.rows, 'rows') ??
    firstDifference(multiCase.orders, observed.orders, 'orders') ??
    (multiCase.values.length === 0 ? undefined : firstDifference(multiCase.values, observed.values, 'values')) ??
    firstDifference(multiCase.final_value, observed.finalValue, 'final_value')
  )
}

function observe(multiCase: MultiCase, path: string) {
  const rows: unknown[] = []
  const values: unknown[] = []
  const traded: number[] = []
  const recorder: Recorder = {
    row: (phase, datas, lines) => rows.push([phase, datas.map(seen), lines.map(shown)]),
    fill: (data) => traded.push(data),
    value: (...value) => values.push(value),
  }
  const strategy = multiStrategy(multiCase, recorder)
  if (strategy === undefined) return undefined
  const count = derivedFeed(multiCase) === undefined ? (multiCase.rows[0]?.[1].length ?? 0) : 1
  const feeds = Array.from({ length: count }, (_, data) => feedBars(multiCase, data, path))
  const config = upstreamConfig(feeds, multiCase as NamedSettings)
  const instruments = config.instruments.map((one, data) => ({ ...one, interval: intervalOf(feeds[data] ?? []) }))
  const session = new Session(strategy, { ...config, instruments })
  session.run()
  return { rows, values, orders: fillsOf(session, traded), finalValue: session.broker.account.value }
}

function seen(data: Parameters<Recorder['row']>[1][number]): unknown[] {
  if (data.barCount === 0) return [0, null, null]
  return [data.barCount, data.bar().closeTime, data.close.now]
}

function shown(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function fillsOf({ fills: { rows } }: Session, traded: readonly number[]): unknown[][] {
  return Array.from({ length: rows.count }, (_, at) => {
    const value = (name: (typeof fillColumns)[number]) => rows.at(at, fillColumns.indexOf(name))
    return [value('time'), traded[at], value('side') * value('quantity'), value('price')]
  })
}
