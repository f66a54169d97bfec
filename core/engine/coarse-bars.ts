import type { LineGraph } from '../indicators/graph.ts'
import type { Line } from '../indicators/line.ts'
import { type BarsSource, BarsView } from './bars-view.ts'
import type { OrderInstrument } from './order-port.ts'

/** How coarse bars are made. */
export interface CoarseOptions {
  /** True: the bar that is still forming is shown too, and grows with every bar of the instrument. Default false. */
  readonly replay?: boolean
}

/** An instrument's bars at a longer interval with the lines hung on them. */
export type CoarseBars<Lines extends string = string> = CoarseBarsApi & { readonly [Name in Lines]: Line }

/**
 * Coarser bars of an instrument, made from its own (`i.coarse('1w')`). A bar is seen when it has closed; with `replay`
 * the forming one is seen as well. Orders go to the instrument: `bars.instrument`.
 */
export class CoarseBarsApi extends BarsView {
  /** Whose bars they are. */
  readonly instrument: OrderInstrument
  /** How long each lasts, e.g. `1w`. */
  readonly interval: string
  /** True when the forming bar is shown. */
  readonly replayed: boolean

  /** Made by `i.coarse`. */
  constructor(
    instrument: OrderInstrument,
    what: { readonly interval: string; readonly replayed: boolean },
    source: BarsSource,
    graph: LineGraph,
  ) {
    super(source, graph)
    this.instrument = instrument
    this.interval = what.interval
    this.replayed = what.replayed
  }

  /** E.g. `SPX 1w`. */
  override toString(): string {
    return `${this.instrument} ${this.interval}`
  }
}
