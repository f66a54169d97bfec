import type { Instrument } from '../../core/engine/instrument.ts'
import { modules } from '../../core/engine/kernel.ts'
import { type SignalKind, signalKinds } from '../../core/engine/signal-rules.ts'
import type { Strategy as AnyStrategy } from '../../core/engine/strategy.ts'
import type { Line } from '../../core/indicators/line.ts'

const { Strategy, SignalStrategy, crossOver, ema, fixedSize, sma } = modules.tickwright

/** What a reference file says of the strategy that it ran. */
export interface NamedStrategy {
  readonly strategy: string
  readonly params?: Readonly<Record<string, unknown>>
  /** Upstream's constant, the indicator's name and its parameters. */
  readonly signals?: readonly (readonly [string, string, Readonly<Record<string, number>>?])[]
  readonly stake?: number
}

export type StrategyClass = new () => AnyStrategy

/** The strategy as a class of ours; undefined when the name means nothing here. */
export function namedStrategy(named: NamedStrategy): StrategyClass | undefined {
  const { strategy, params = {} } = named
  if (strategy === 'SmaCross') return smaCross(params)
  if (strategy === 'TwoMa') return twoAverages(params)
  if (strategy === 'Hold') return hold(params)
  return strategy === 'signals' ? signals(named) : undefined
}

function number(params: Readonly<Record<string, unknown>>, name: string, standard: number): number {
  const value = params[name]
  return typeof value === 'number' ? value : standard
}

/**
 * Close crosses its average. Up: close a short, then buy unless long. Down: close a long, and with `short` sell at once;
 * flat with `short`: sell.
 */
function smaCross(params: Readonly<Record<string, unknown>>): StrategyClass {
  const stake = number(params, 'stake', 1)
  const shorts = params.short === true
  return class extends Strategy {
    readonly #cross = new Map<Instrument, Line>()

    override onStart() {
      this.each((i) => this.#cross.set(i, i.waitFor(crossOver(i.close, sma(i.close, number(params, 'period', 15))))))
    }

    override onBar(i: Instrument) {
      const cross = this.#cross.get(i)?.now ?? 0
      if (cross > 0) {
        const { long } = i
        if (i.short) i.closePosition()
        if (!long) i.buy(stake)
      } else if (cross < 0) {
        const { short } = i
        if (i.long) i.closePosition()
        if (shorts && !short) i.sell(stake)
      }
    }
  }
}

/** Buys when the fast exponential average crosses over the slow simple one, closes when it crosses under. */
function twoAverages(params: Readonly<Record<string, unknown>>): StrategyClass {
  return class extends Strategy {
    readonly #cross = new Map<Instrument, Line>()

    override onStart() {
      const [fast, slow] = [number(params, 'fast', 10), number(params, 'slow', 30)]
      this.each((i) => this.#cross.set(i, i.waitFor(crossOver(ema(i.close, fast), sma(i.close, slow)))))
    }

    override onBar(i: Instrument) {
      const cross = this.#cross.get(i)?.now ?? 0
      if (i.flat && cross > 0) i.buy(number(params, 'stake', 1))
      else if (i.long && cross < 0) i.closePosition()
    }
  }
}

/** Buys once, on the bar after `period` and its first; pays in and takes out cash on the bars that `flows` names. */
function hold(params: Readonly<Record<string, unknown>>): StrategyClass {
  const flows = (params.flows ?? []) as readonly (readonly [number, number])[]
  return class extends Strategy {
    override onStart() {
      this.each((i) => i.waitFor(sma(i.close, number(params, 'period', 0) + 1)))
    }

    override onBar(i: Instrument) {
      if (i.barCount === number(params, 'period', 0) + 1) i.buy(number(params, 'stake', 1))
      for (const [bar, amount] of flows) {
        if (bar !== i.barCount) continue
        if (amount > 0) this.deposit(amount)
        else this.withdraw(-amount)
      }
    }
  }
}

function signals({ params = {}, signals: wanted = [], stake = 1 }: NamedStrategy): StrategyClass {
  return class extends SignalStrategy {
    override accumulate = params._accumulate === true
    override concurrent = params._concurrent === true

    override onStart() {
      this.sizer = fixedSize(stake)
      const i = this.instruments[0] as Instrument
      for (const [constant, indicator, given = {}] of wanted) {
        this.signal(i, signalKind(constant), signalLine(i, indicator, given))
      }
    }
  }
}

/** `SIGNAL_LONGEXIT_INV` → `long-exit-inverted`. */
function signalKind(constant: string): SignalKind {
  const plain = constant.replace('SIGNAL_', '').toLowerCase().replaceAll('_', '')
  const found = signalKinds.find((kind) => kind.replaceAll('-', '').replace('inverted', 'inv') === plain)
  if (found === undefined) throw new Error(`signal ${constant} is not known`)
  return found
}

/** The indicators of the files: close less its average, or the difference of two averages. */
function signalLine(i: Instrument, name: string, params: Readonly<Record<string, number>>): Line {
  if (name === 'SmaCloseSignal') return i.close.minus(sma(i.close, params.period ?? 30))
  if (name === 'SmaExitSignal') return sma(i.close, params.p1 ?? 5).minus(sma(i.close, params.p2 ?? 30))
  throw new Error(`signal indicator ${name} is not known`)
}
