import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FillPolicy } from '../../core/broker/rules.ts'
import type { Instrument } from '../../core/engine/instrument.ts'
import { type BacktestInput, modules } from '../../core/engine/kernel.ts'
import type { ManualCommand, OrderTicket } from '../../core/engine/replay/command.ts'
import { Replay, type ReplayTableName } from '../../core/engine/replay/replay.ts'
import { workloadInstrument } from '../bench/workloads.ts'
import { barsOf, type Candle } from '../helpers/bars-of.ts'
import { loadStrategy } from '../helpers/load-strategy.ts'
import { runOn } from '../helpers/run-on.ts'

const { Strategy } = modules.tickwright

const candle: fc.Arbitrary<Candle> = fc
  .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 9_500, max: 10_500 })))
  .map(([a = 0, b = 0, c = 0, d = 0]) => [a / 100, Math.max(a, b, c, d) / 100, Math.min(a, b, c, d) / 100, b / 100])

const price = fc.integer({ min: 9_400, max: 10_600 }).map((cents) => cents / 100)
const level = fc.option(price, { freq: 2 })
const rare = fc.option(price, { freq: 1 })
const ticket: fc.Arbitrary<ManualCommand> = fc.record({
  kind: fc.constant('order' as const),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  quantity: fc.integer({ min: 1, max: 400 }),
  stopEntry: rare,
  limit: rare,
  trailBy: fc.constantFrom(null, null, null, 1.5),
  target: level,
  stop: level,
  valid: fc.constantFrom(null, null, 'day' as const),
})
const order = fc.integer({ min: 1, max: 12 })
const command: fc.Arbitrary<ManualCommand> = fc.oneof(
  { arbitrary: ticket, weight: 5 },
  { arbitrary: fc.record({ kind: fc.constant('move' as const), order, price }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('cancel' as const), order }), weight: 1 },
  { arbitrary: fc.constant({ kind: 'flatten' as const }), weight: 1 },
)

const settings = {
  candles: fc.array(candle, { minLength: 2, maxLength: 30 }),
  profile: fc.constantFrom('default' as const, 'backtrader' as const),
  fillPolicy: fc.constantFrom<FillPolicy>('pessimistic', 'optimistic', 'backtrader', 'ohlc-path'),
  rate: fc.constantFrom(0, 0.001),
}

interface Settings {
  readonly candles: readonly Candle[]
  readonly profile: BacktestInput['profile']
  readonly fillPolicy: FillPolicy
  readonly rate: number
}

function optionsOf({ profile, fillPolicy, rate }: Settings) {
  const commission = rate === 0 ? ({ kind: 'none' } as const) : ({ kind: 'percent', rate } as const)
  const slippage = { kind: 'fixed', points: 0.02 } as const
  const broker = { lots: 'whole', exits: 'once' } as const
  return { profile, fillPolicy, commission, slippage, broker, cash: 30_000 }
}

/** Plays a replay to its end with the commands of each bar, in strides of up to `stride` bars where nothing is done. */
function playByHand(settings: Settings, commands: (bar: number) => readonly ManualCommand[]): Replay {
  const bars = barsOf(settings.candles)
  const record = { ...workloadInstrument('SIM-1'), tickSize: 0.01 }
  const instruments = [{ record, bars, interval: '1d' }]
  const replay = new Replay({ params: {}, instruments, seed: 1, ...optionsOf(settings) })
  while (!replay.state().ended) {
    for (const one of commands(replay.state().bars - 1)) {
      try {
        replay.act(one)
      } catch (failure) {
        // An order that is gone cannot be moved; nothing has happened then
        expect(failure).toMatchObject({ code: 'replay.order-gone' })
      }
    }
    replay.step({ bars: 1, until: null, stopsAtEvents: false })
  }
  return replay
}

const tables: readonly ReplayTableName[] = ['fills', 'orders', 'trades']

function expectSame(replay: Replay, result: ReturnType<typeof runOn>): void {
  for (const name of tables) {
    const { columns } = replay.table(name)
    expect(Object.keys(columns), name).toEqual(Object.keys(result[name].columns))
    for (const [column, values] of Object.entries(columns)) {
      // The bits: −0 is not 0, and NaN is NaN
      expect(new Uint8Array(values.buffer), `${name} ${column}`).toEqual(
        new Uint8Array(Float64Array.from(result[name].columns[column] ?? []).buffer),
      )
    }
  }
  expect([...(replay.bars().equity ?? [])]).toEqual([...result.equity.equity])
}

/** The ticket in a strategy's own words, without the replay's help. */
function orderOf(i: Instrument, { side, quantity, ...asked }: OrderTicket): void {
  const made = side === 'buy' ? i.buy(quantity) : i.sell(quantity)
  if (asked.stopEntry !== null) made.stopEntry(asked.stopEntry)
  if (asked.limit !== null) made.limit(asked.limit)
  if (asked.trailBy !== null) made.trailBy(asked.trailBy)
  if (asked.target !== null) made.target(asked.target)
  if (asked.stop !== null) made.stop(asked.stop)
  if (asked.valid !== null) made.valid(asked.valid)
}

describe('a replay', () => {
  it('fills orders given by hand to the byte as a strategy that makes them on the same bars', () => {
    const story = fc.record({ ...settings, tickets: fc.array(fc.option(ticket), { maxLength: 30 }) })
    fc.assert(
      fc.property(story, ({ tickets, ...told }) => {
        const at = (bar: number) => tickets[bar] as OrderTicket | null | undefined
        class Same extends Strategy {
          override onBar(i: Instrument) {
            const asked = at(i.barCount - 1)
            if (asked) orderOf(i, asked)
          }
        }
        // The last bar is the replay's end: an order there could meet nothing, and is refused
        const last = told.candles.length - 1
        const given = (bar: number) => (bar < last ? [at(bar)].filter((one) => one != null) : [])
        tickets.length = Math.min(tickets.length, last)
        expectSame(playByHand(told, given), runOn({ default: Same }, [barsOf(told.candles)], optionsOf(told)))
      }),
      { numRuns: 300 },
    )
  })

  it('becomes a strategy that gives the same bytes, however many commands fell on one bar', async () => {
    const story = fc.record({ ...settings, commands: fc.array(fc.array(command, { maxLength: 4 }), { maxLength: 30 }) })
    await fc.assert(
      fc.asyncProperty(story, async ({ commands, ...told }) => {
        const replay = playByHand(told, (bar) => commands[bar] ?? [])
        const strategy = await loadStrategy(replay.script().code)
        expectSame(replay, runOn(strategy, [barsOf(told.candles)], optionsOf(told)))
      }),
      { numRuns: 150 },
    )
  })
})
