import { findIndicator } from '../../../core/indicators/catalogue.ts'
import { computeIndicator, computeInto } from '../../../core/indicators/compute.ts'
import type { RunSpec } from './format.ts'

/** What a strategy of these files can do at the close of a bar. */
export interface Hand {
  /** Signed units held. */
  readonly position: number
  /** Sends a market order and returns its row; `stake` absent: what the sizer says. */
  order(side: 1 | -1, stake?: number): number | undefined
  /** Sends a market order that ends the position. */
  close(): void
  deposit(amount: number): void
  isWorking(order: number): boolean
}

/** A strategy over known bars: the first row in which it decides, and what it does in a row. */
export interface RowStrategy {
  readonly decisionRow: number
  next(row: number, hand: Hand): void
}

type Numbers = Readonly<Record<string, number>>

/** The strategy that a run names; undefined when it is none of those. */
export function strategyOf(run: RunSpec, close: Float64Array): RowStrategy | undefined {
  switch (run.strategy) {
    case 'SmaCross':
      return smaCross(close, run.params)
    case 'Hold':
      return hold(run.params)
    case 'signals':
      return signalStrategy(run, close)
    default:
      return undefined
  }
}

function average(close: Float64Array, period: number): Float64Array {
  const { lines } = computeIndicator('sma', { period }, { open: close, high: close, low: close, close, volume: close })
  return Object.values(lines)[0] as Float64Array
}

function crossings(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length)
  computeInto({ definition: findIndicator('cross-over'), params: {}, inputs: [a, b], outputs: [out] })
  return out
}

/** Crossing up: close a short, then buy unless long. Down: close a long; if it may be short, sell unless it is. */
function smaCross(close: Float64Array, params: RunSpec['params']): RowStrategy {
  const { period = 15, stake = 1 } = params as Numbers
  const crossed = crossings(close, average(close, period))
  return {
    decisionRow: period,
    next(row, hand) {
      const { position } = hand
      if ((crossed[row] as number) > 0) {
        if (position < 0) hand.close()
        if (position <= 0) hand.order(1, stake)
      } else if ((crossed[row] as number) < 0) {
        if (position > 0) hand.close()
        if (position >= 0 && params.short === true) hand.order(-1, stake)
      }
    },
  }
}

/** Buys once; adds and withdraws cash at the bars (counted from 1) of `flows`. */
function hold(params: RunSpec['params']): RowStrategy {
  const { period = 1, stake = 1 } = params as Numbers
  const flows = (params.flows ?? []) as readonly (readonly [number, number])[]
  return {
    decisionRow: period,
    next(row, hand) {
      if (row === period) hand.order(1, stake)
      for (const [bar, amount] of flows) if (bar === row + 1) hand.deposit(amount)
    },
  }
}

interface Signal {
  readonly kind: string
  readonly line: Float64Array
  readonly first: number
}

function signalOf([kind, name, params]: NonNullable<RunSpec['signals']>[number], close: Float64Array): Signal {
  const difference = (a: Float64Array, b: Float64Array) => a.map((value, row) => value - (b[row] as number))
  const short = kind.replace(/^SIGNAL_/, '')
  if (name === 'SmaCloseSignal') {
    const { period = 30 } = params
    return { kind: short, line: difference(close, average(close, period)), first: period - 1 }
  }
  if (name === 'SmaExitSignal') {
    const { p1 = 5, p2 = 20 } = params
    return { kind: short, line: difference(average(close, p1), average(close, p2)), first: Math.max(p1, p2) - 1 }
  }
  throw new Error(`signal ${name} is not known`)
}

const above = (value: number) => value > 0
const below = (value: number) => value < 0
const any = (value: number) => value !== 0

/** Upstream's signal strategy (01 section 12.5, SG-01 and SG-02). */
function signalStrategy(run: RunSpec, close: Float64Array): RowStrategy {
  const signals = (run.signals ?? []).map((signal) => signalOf(signal, close))
  const { _accumulate: accumulates = false, _concurrent: concurrent = false } = run.params
  const has = (kind: string) => signals.some((signal) => signal.kind.startsWith(kind))
  let sentinel: number | undefined
  return {
    decisionRow: Math.max(0, ...signals.map(({ first }) => first)),
    next(row, hand) {
      if (sentinel !== undefined && hand.isWorking(sentinel) && concurrent !== true) return
      /** All signals of one kind agree, and there is one. */
      const all = (kind: string, test: (value: number) => boolean) => {
        const same = signals.filter((signal) => signal.kind === kind)
        return same.length > 0 && same.every(({ line }) => test(line[row] as number))
      }
      /** One of the plain, inverted and undirected forms of a kind says so. */
      const says = (kind: string, plain: typeof above, inverted: typeof above) =>
        all(kind, plain) || all(`${kind}_INV`, inverted) || all(`${kind}_ANY`, any)
      const long = { enters: says('LONG', above, below), leaves: !has('LONGEXIT') && says('LONG', below, above) }
      const short = { enters: says('SHORT', below, above), leaves: !has('SHORTEXIT') && says('SHORT', above, below) }
      const both = { up: all('LONGSHORT', above), down: all('LONGSHORT', below) }
      const turns = { short: !has('LONGEXIT') && short.enters, long: !has('SHORTEXIT') && long.enters }
      if (hand.position === 0) {
        if (both.up || long.enters) sentinel = hand.order(1)
        else if (both.down || short.enters) sentinel = hand.order(-1)
      } else if (hand.position > 0) {
        if (both.down || says('LONGEXIT', below, above) || turns.short || long.leaves) hand.close()
        if (both.down || turns.short) sentinel = hand.order(-1)
        if ((both.up || long.enters) && accumulates === true) sentinel = hand.order(1)
      } else {
        if (both.up || says('SHORTEXIT', above, below) || turns.long || short.leaves) hand.close()
        if (both.up || turns.long) sentinel = hand.order(1)
        if ((both.down || short.enters) && accumulates === true) sentinel = hand.order(-1)
      }
    },
  }
}
