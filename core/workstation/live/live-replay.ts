import type { Gives } from '../../contract/contract.ts'
import { fromWireError } from '../../contract/wire-error.ts'
import type { BarRow } from '../../data/growing-bars.ts'
import { GrowingBars } from '../../data/growing-bars.ts'
import type { TickColumns } from '../../domain/market-columns.ts'
import type { LiveEvent } from '../../engine/live/live-event.ts'
import type { LiveFill, LiveOrder } from '../../engine/live/live-view.ts'
import { type LiveLedger, ledgerInputs } from '../../stores/live-ledger.ts'
import type { KernelResult, Ports } from '../ports.ts'
import { barsFrom, eventFrom, type LiveRecord, liveInput } from './live-record.ts'

/** One fill as both sides tell it. */
type Told = readonly [order: number, time: number, price: number, quantity: number, side: number, fee: number]

interface Recorded {
  readonly events: readonly LiveEvent[]
  readonly orders: ReadonlyMap<number, LiveOrder>
  readonly fills: readonly LiveFill[]
  /** True: an order was made before the first bar, which no backtest begins without. */
  readonly beganEarly: boolean
}

const readRows = 5_000

/** Runs a recorded session again and compares what came of it with its journal. */
export async function replaySession(ports: Ports, session: string): Promise<Gives<'live.replay'>> {
  const { ledger } = ports.live
  const record = (await ledger.session(session)).record as LiveRecord
  const recorded = await readJournal(ledger, session)
  const isUntouched = recorded.events.every(({ kind }) => kind === 'bars' || kind === 'tick')
  const byMarket = isUntouched && hasNoLimits(record) && !recorded.beganEarly
  const compared = byMarket ? upToLastBar(recorded) : recorded
  const again = byMarket ? await asBacktest(ports, record, compared) : await asEvents(ports, record, compared)
  const difference = differenceOf(compared.fills.map(toldFill), again.fills, compared.orders.size, again.orders)
  return {
    method: byMarket ? 'backtest' : 'events',
    identical: difference === '',
    orders: compared.orders.size,
    fills: compared.fills.length,
    difference,
  }
}

/** A backtest ends with a bar: what prints after the last one did has no place in it. */
function upToLastBar({ events, orders, fills, ...recorded }: Recorded): Recorded {
  const last = events.findLastIndex(({ kind }) => kind === 'bars')
  const bars = events[last]
  const end = bars?.kind === 'bars' ? (bars.bars[0]?.bar.closeTime ?? 0) : 0
  return {
    ...recorded,
    events: events.slice(0, last + 1),
    orders: new Map([...orders].filter(([, { createdTime }]) => createdTime <= end)),
    fills: fills.filter(({ time }) => time < end),
  }
}

async function readJournal(ledger: LiveLedger, session: string): Promise<Recorded> {
  const inputs: readonly string[] = ledgerInputs
  const events: LiveEvent[] = []
  const orders = new Map<number, LiveOrder>()
  const fills: LiveFill[] = []
  let hasBars = false
  let beganEarly = false
  for (let after = 0; ; ) {
    const entries = await ledger.read(session, after, readRows, null)
    const last = entries.at(-1)
    if (last === undefined) return { events, orders, fills, beganEarly }
    after = last.seq
    for (const { kind, data } of entries) {
      hasBars ||= kind === 'bars'
      beganEarly ||= kind === 'order' && !hasBars
      if (inputs.includes(kind)) events.push(eventFrom(data))
      else if (kind === 'order') orders.set((data as LiveOrder).id, data as LiveOrder)
      else if (kind === 'fill') fills.push(data as LiveFill)
    }
  }
}

function hasNoLimits({ config }: LiveRecord): boolean {
  return Object.values(config.limits).every((limit) => limit === null)
}

interface Again {
  readonly fills: readonly Told[]
  readonly orders: number
}

/** The ordinary backtest over the recorded bars (and ticks), with the same lead-in. */
async function asBacktest(ports: Ports, record: LiveRecord, { events }: Recorded): Promise<Again> {
  const { limits: _, ...input } = liveInput(record)
  const all = input.instruments.map((_each, index) => withRecorded(record, index, events))
  const run = ports.engine.run({
    bundle: record.bundle,
    input: {
      ...input,
      profile: 'default',
      instruments: input.instruments.map((each, index) => ({ ...each, ...all[index] })),
    },
  })
  const { fills, orders } = await run.result
  return { fills: fillsOf(fills), orders: orders.rows }
}

function withRecorded({ history, config }: LiveRecord, index: number, events: readonly LiveEvent[]) {
  const growing = new GrowingBars(barsFrom(history[index] as LiveRecord['history'][number]))
  const ticks: { readonly time: number; readonly price: number; readonly size: number }[] = []
  for (const event of events) {
    if (event.kind === 'tick' && event.instrument === index) ticks.push(event.data)
    if (event.kind !== 'bars') continue
    for (const { instrument, bar } of event.bars) if (instrument === index) growing.add(bar as BarRow)
  }
  if (config.fillPolicy !== 'tick') return { bars: growing.series() }
  const column = (name: 'time' | 'price' | 'size') => Float64Array.from(ticks, (tick) => tick[name])
  const columns = { time: column('time'), price: column('price'), size: column('size') }
  return { bars: growing.series(), ticks: columns as unknown as TickColumns }
}

function fillsOf({ columns, rows }: KernelResult['fills']): Told[] {
  const at = (name: string, row: number) => columns[name]?.[row] as number
  return Array.from({ length: rows }, (_, row) => [
    ...([at('order', row), at('time', row), at('price', row)] as const),
    ...([at('quantity', row), at('side', row), at('fee', row)] as const),
  ])
}

/** The same engine with every event again: what hands and limits did is in it. */
async function asEvents({ live }: Ports, record: LiveRecord, { events }: Recorded): Promise<Again> {
  const engine = await live.open({ bundle: record.bundle, input: liveInput(record) })
  try {
    const { events: applied, failure, state } = await engine.apply(events)
    if (failure !== null) throw fromWireError(failure)
    return { fills: applied.flatMap(({ news }) => news.fills).map(toldFill), orders: state.counts.orders }
  } finally {
    await engine.close()
  }
}

function toldFill({ order, time, price, quantity, side, fee }: LiveFill): Told {
  return [order, time, price, quantity, side === 'buy' ? 1 : -1, fee]
}

const toldNames = ['order', 'time', 'price', 'quantity', 'side', 'fee'] as const

/** The first difference in words of the journal; empty: none. */
function differenceOf(before: readonly Told[], again: readonly Told[], orders: number, ordersAgain: number): string {
  for (const [index, fill] of before.entries()) {
    const other = again[index]
    if (other === undefined) return `fill ${index + 1} of the session is missing`
    const column = fill.findIndex((value, at) => value !== other[at])
    if (column >= 0) return `fill ${index + 1}: ${toldNames[column]} ${fill[column]} is ${other[column]}`
  }
  if (again.length > before.length) return `fill ${before.length + 1} is not in the session`
  return orders === ordersAgain ? '' : `the session has ${orders} orders, now there are ${ordersAgain}`
}
