import { type OrderReason, type OrderType, orderReasons, orderTypes } from '../domain/order.ts'
import { type OrderStatus, orderStatuses, statusCode } from '../domain/order-state.ts'
import type { ExplainedCheck, ExplainedWaiting, Explanation } from './explanation.ts'
import { pricesOf, type RunTrace } from './run-trace.ts'

/** Everything a trace has seen, as one answer. */
export function explain(trace: RunTrace, tags: readonly string[]): Explanation {
  const { decisions, events, fills } = trace
  const row = (trace.config.order ?? 0) - 1
  const isKnown = row >= 0 && row < trace.run.broker.orders.count
  if (!isKnown) return { order: null, decisions, checks: [], events, waiting: null, fills }
  return {
    order: describeOrder(trace, row, tags),
    decisions,
    checks: checksOf(trace, row),
    events,
    waiting: waitingOf(trace, row),
    fills,
  }
}

function describeOrder({ run }: RunTrace, row: number, tags: readonly string[]): NonNullable<Explanation['order']> {
  const { orders } = run.broker
  const size = orders.executedSize[row] as number
  const parent = orders.parent[row] as number
  return {
    id: row + 1,
    instrument: run.hosts[0]?.instruments[orders.instrument[row] as number]?.id ?? '',
    side: (orders.side[row] as number) > 0 ? 'buy' : 'sell',
    type: orderTypes[orders.type[row] as number] as OrderType,
    quantity: orders.quantity[row] as number,
    filled: Math.abs(size),
    averagePrice: size === 0 ? null : (orders.averagePrice[row] as number),
    ...pricesOf(orders, row),
    status: orderStatuses[orders.status[row] as number] as OrderStatus,
    reason: orderReasons[orders.reason[row] as number] as OrderReason,
    tag: tags[orders.tag[row] as number] ?? '',
    parent: parent < 0 ? null : parent + 1,
    createdTime: orders.createdTime[row] as number,
  }
}

/** What the broker asked of the order: its lot, the cash when it arrived, its time, the cash when it filled. */
function checksOf(trace: RunTrace, row: number): ExplainedCheck[] {
  const { run, events, cash, fills } = trace
  const { orders } = run.broker
  const checks: ExplainedCheck[] = []
  const reason = orderReasons[orders.reason[row] as number]
  const createdTime = orders.createdTime[row] as number
  if (reason === 'lot') {
    const lot = run.hosts[0]?.instruments[orders.instrument[row] as number]?.lotSize ?? null
    checks.push({
      kind: 'lot',
      passed: false,
      time: createdTime,
      needed: lot,
      available: orders.quantity[row] as number,
    })
  }
  const answered = events.findIndex(({ status }) => status !== 'submitted')
  const first = events[answered]
  // Exits of a bracket are not checked: they only reduce risk (profile backtrader tries them like any other order)
  const isChecked = run.isUpstream || (orders.parent[row] as number) < 0
  if (isChecked && first !== undefined && first.status !== 'cancelled') {
    const passed = first.status !== 'rejected'
    checks.push({
      kind: 'cash',
      passed,
      time: first.time,
      needed: cashNeeded(trace, row),
      available: cash[answered] ?? null,
    })
  }
  const until = orders.validUntil[row] as number
  const expired = events.find(({ status }) => status === 'expired')
  if (Number.isFinite(until) || expired !== undefined) {
    const time = expired?.time ?? events.at(-1)?.time ?? createdTime
    const needed = Number.isFinite(until) ? until : null
    checks.push({ kind: 'validity', passed: expired === undefined, time, needed, available: time })
  }
  for (const fill of fills) {
    checks.push({ kind: 'margin', passed: true, time: fill.time, needed: 0, available: fill.cash })
  }
  const refused = events.find(({ status, reason: why }) => why === 'margin' && status === 'cancelled')
  if (refused !== undefined) {
    const at = events.indexOf(refused)
    checks.push({ kind: 'margin', passed: false, time: refused.time, needed: 0, available: cash[at] ?? null })
  }
  return checks
}

/** Cash that opening the whole order at its reference price takes, fee included. */
function cashNeeded({ run }: RunTrace, row: number): number | null {
  const { orders } = run.broker
  const market = run.markets[orders.instrument[row] as number]
  if (market === undefined) return null
  const quantity = orders.quantity[row] as number
  const price = orders.createdClose[row] as number
  const span = market.spans[market.spanAt(orders.createdTime[row] as number)]
  const commission = span === undefined ? market.commission : market.commission.at(span)
  const needed = commission.cost(quantity, price) / commission.leverage + commission.fee(quantity, price)
  return Number.isFinite(needed) ? needed : null
}

/** The bars between its creation and its first fill (or its end), and how near they came to its price. */
function waitingOf({ run, events, fills }: RunTrace, row: number): ExplainedWaiting | null {
  const { orders } = run.broker
  const market = run.markets[orders.instrument[row] as number]
  if (market === undefined || orders.status[row] === statusCode.denied) return null
  const { bars } = market
  const from = firstAfter(bars.closeTime, orders.createdTime[row] as number)
  const end = fills[0]?.bar.time ?? endOf(events) ?? Number.POSITIVE_INFINITY
  const { stop, limit } = pricesOf(orders, row)
  const level = stop ?? limit
  let count = 0
  let nearest: number | null = null
  let nearestTime: number | null = null
  for (let bar = from; bar <= market.bar && (bars.time[bar] as number) < end; bar++) {
    count++
    if (level === null) continue
    const price = nearestTo(level, bars.low[bar] as number, bars.high[bar] as number)
    if (nearest !== null && Math.abs(price - level) >= Math.abs(nearest - level)) continue
    nearest = price
    nearestTime = bars.time[bar] as number
  }
  return { bars: count, nearest, nearestTime }
}

/** When an order ended without being filled. */
function endOf(events: RunTrace['events']): number | undefined {
  return events.find(({ status }) => ['cancelled', 'expired', 'rejected'].includes(status))?.time
}

/** The price of a range that is nearest to a level. */
function nearestTo(level: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, level))
}

function firstAfter(times: Float64Array, time: number): number {
  let row = 0
  while (row < times.length && (times[row] as number) <= time) row++
  return row
}
