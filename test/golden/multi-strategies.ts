import type { CoarseBars } from '../../core/engine/coarse-bars.ts'
import type { Instrument } from '../../core/engine/instrument.ts'
import { modules } from '../../core/engine/kernel.ts'
import type { StepPhase } from '../../core/engine/strategy.ts'
import type { Line } from '../../core/indicators/line.ts'
import { ensureDefined } from '../../core/lib/assert.ts'
import { type DerivedFeed, derivedFeed, type MultiCase } from './multi-feeds.ts'

const { Strategy, crossOver, pivot, sma } = modules.tickwright
const monthOf = (time: number) => new Date(time).getUTCMonth()

/** One data as upstream's strategy has it: an instrument, or coarse bars made from the first one. */
type Data = Instrument | CoarseBars

/** What a case's strategy calls on the way. */
export interface Recorder {
  row(phase: string, datas: readonly Data[], values: readonly number[]): void
  /** A fill in the data with this position. */
  fill(data: number): void
  value(time: number, cash: number, equity: number, positions: readonly number[]): void
}

const phaseNames: Readonly<Record<StepPhase, string>> = {
  'warm-up': 'prenext',
  first: 'nextstart',
  running: 'next',
}

/** Every strategy of the format: it records each step and decides once all datas have their minimum. */
abstract class Recording extends Strategy {
  abstract readonly recorder: Recorder
  abstract readonly derived: DerivedFeed | undefined
  datas: readonly Data[] = []
  lines: readonly Line[] = []

  override onStart() {
    const first = ensureDefined(this.instruments[0], 'first data')
    const coarse = this.derived === undefined ? [] : [first.coarse(this.derived.interval, this.derived)]
    this.datas = [...this.instruments, ...coarse]
    this.lines = this.declare(first, ensureDefined(this.datas[1], 'second data'))
  }

  override onStep(phase: StepPhase) {
    this.recorder.row(
      phaseNames[phase],
      this.datas,
      this.lines.map((line) => line.now),
    )
    if (phase !== 'warm-up') this.decide()
    const positions = this.instruments.map(({ position }) => position)
    this.recorder.value(this.now, this.cash, this.equity, positions)
  }

  /** Upstream looks an order's data up in a list, which compares prices: the first data with the same close is meant. */
  override onFill(i: Instrument) {
    this.recorder.fill(this.datas.findIndex((data) => data.close.now === i.close.now))
  }

  /** Makes the lines and lets their bars wait for them. */
  abstract declare(first: Instrument, second: Data): readonly Line[]
  abstract decide(): void
}

/** The class for a case; undefined when its sentence means nothing here. */
export function multiStrategy(multiCase: MultiCase, recorder: Recorder): (new () => Recording) | undefined {
  const { strategy } = multiCase
  const derived = derivedFeed(multiCase)
  const longWhile = /long (\d+) of data0 while the \w+ close is above its SMA\((\d+)\)/.exec(strategy)
  if (longWhile !== null) return longWhileAbove(multiCase, recorder, longWhile.slice(1).map(Number))
  const pair = /short (\d+) data0 and long (\d+) data1 when close0\/close1 crosses over its SMA\((\d+)\)/.exec(strategy)
  if (pair !== null) return pairTrade(recorder, derived, pair.slice(1).map(Number))
  const share = /first bar of each month of data0: order_target_percent .* share of ([\d.]+) %/.exec(strategy)
  if (share !== null) return monthlyShares(multiCase, recorder, Number(share[1]))
  return strategy.startsWith('Records every') ? coupled(multiCase, recorder) : undefined
}

function longWhileAbove(multiCase: MultiCase, recorder: Recorder, [units = 1, period = 4]: readonly number[]) {
  const withPivot = ensureDefined(multiCase.rows[0], 'row')[2].length > 1
  return class extends Recording {
    readonly recorder = recorder
    readonly derived = derivedFeed(multiCase)

    declare(_: Instrument, slow: Data) {
      const average = slow.waitFor(sma(slow.close, period))
      return withPivot ? [average, slow.waitFor(pivot(slow).p)] : [average]
    }

    decide() {
      const [fast, slow] = this.datas as [Instrument, Data]
      const above = slow.close.now > (this.lines[0]?.now ?? Number.NaN)
      if (above && fast.flat) fast.buy(units)
      else if (!above && !fast.flat) fast.closePosition()
    }
  }
}

function pairTrade(
  recorder: Recorder,
  derived: DerivedFeed | undefined,
  [short = 1, long = 1, period = 20]: readonly number[],
) {
  return class extends Recording {
    readonly recorder = recorder
    readonly derived = derived

    declare(first: Instrument, second: Data) {
      const ratio = first.close.over(first.align(second.close))
      const average = sma(ratio, period)
      return [average, first.waitFor(crossOver(ratio, average))]
    }

    decide() {
      const [first, second] = this.instruments as [Instrument, Instrument]
      const cross = this.lines[1]?.now ?? 0
      if (cross === 0) return
      first.targetSize(-cross * short)
      second.targetSize(cross * long)
    }
  }
}

/** Each data has an average when the rows show as many values; its period is told by when the first one comes. */
function monthlyShares({ rows }: MultiCase, recorder: Recorder, percent: number) {
  const count = ensureDefined(rows[0], 'row')[2].length
  const periods = Array.from({ length: count }, (_, k) => rows.find(([, , values]) => values[k] !== null)?.[1][k]?.[0])
  return class extends Recording {
    readonly recorder = recorder
    readonly derived = undefined
    #month = -1

    declare() {
      return periods.map((period, k) => {
        const data = ensureDefined(this.datas[k], 'data')
        return data.waitFor(sma(data.close, period ?? 1))
      })
    }

    decide() {
      const month = monthOf(ensureDefined(this.datas[0], 'data').bar().closeTime)
      if (month === this.#month) return
      this.#month = month
      for (const i of this.instruments) i.targetPercent(percent / 100 / this.instruments.length)
    }
  }
}

/**
 * An average of the slow data on the bars of the fast one, and how far an average of the fast one is from it. The files
 * do not say the periods: the slow one is the slow data's length when the first value comes, the fast one that of the
 * averages which gives this very first value.
 */
function coupled(multiCase: MultiCase, recorder: Recorder) {
  const { rows } = multiCase
  const [, seen, values] = ensureDefined(
    rows.find(([, , shown]) => shown[1] !== null),
    'value',
  )
  const wanted = (values[0] ?? 0) + (values[1] ?? 0)
  const closes = rows.flatMap(([, datas], k) => (datas[0]?.[0] === k + 1 ? [datas[0][2] as number] : []))
  const past = closes.slice(0, seen[0]?.[0])
  const mean = (period: number) => past.slice(-period).reduce((sum, close) => sum + close, 0) / period
  const periods = Array.from({ length: past.length }, (_, k) => k + 1)
  const fast = periods.find((period) => Math.abs(mean(period) - wanted) < 1e-6) ?? 1
  return class extends Recording {
    readonly recorder = recorder
    readonly derived = derivedFeed(multiCase)

    declare(first: Instrument, slow: Data) {
      const average = first.align(slow.waitFor(sma(slow.close, seen[1]?.[0] ?? 1)))
      return [first.waitFor(sma(first.close, fast)).minus(average), average]
    }

    decide() {}
  }
}
