import { DomainError } from '../domain/errors.ts'
import type { Line } from '../indicators/line.ts'
import type { Instrument } from './instrument.ts'
import type { Order } from './order.ts'
import type { AnyParamSpecs } from './params.ts'
import { decideSignals, type SignalKind, signalKinds } from './signal-rules.ts'
import { Strategy } from './strategy.ts'

interface SignalSet {
  readonly lines: { readonly kind: SignalKind; readonly line: Line }[]
  /** The last order: while it works nothing new is done, unless `concurrent`. */
  waiting: Order | undefined
}

/**
 * A strategy made of signals: lines whose sign says long (> 0), short (< 0) or nothing. Declare them in `onStart` with
 * `this.signal(i, 'long-short', line)`; orders are market orders whose size the sizer says.
 */
export abstract class SignalStrategy<
  Specs extends AnyParamSpecs = AnyParamSpecs,
  Lines extends string = string,
> extends Strategy<Specs, Lines> {
  /** True: signals may add to a position that is open. */
  accumulate = false
  /** True: signals are followed also while the last order is still working. */
  concurrent = false
  readonly #sets = new Map<number, SignalSet>()

  /**
   * Adds a signal for an instrument: `long-short` goes both ways, `long` and `short` one way, `long-exit` and
   * `short-exit` close; `…-inverted` turns the sign, `…-any` takes every value but 0. Signals of one kind must all agree.
   */
  signal(i: Instrument<Lines>, kind: SignalKind, line: Line): void {
    if (!signalKinds.includes(kind)) throw new DomainError('strategy.shape', { reason: 'signal', name: String(kind) })
    const set = this.#sets.get(i.index) ?? { lines: [], waiting: undefined }
    this.#sets.set(i.index, set)
    i.waitFor(line)
    set.lines.push({ kind, line })
  }

  override onBar(i: Instrument<Lines>): void {
    const set = this.#sets.get(i.index)
    if (set === undefined || (!this.concurrent && set.waiting?.working === true)) return
    const values: Partial<Record<SignalKind, number[]>> = {}
    for (const { kind, line } of set.lines) {
      values[kind] ??= []
      values[kind].push(line.now)
    }
    const rules = { accumulates: this.accumulate, upstream: this.profile === 'backtrader' }
    const { close, opens } = decideSignals(values, i.position, rules)
    if (close) i.closePosition()
    for (const side of opens) set.waiting = side > 0 ? i.buy() : i.sell()
  }
}
