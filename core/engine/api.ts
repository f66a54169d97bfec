/** Everything that `import … from 'tickwright'` gives a strategy: values and the types it may name. */

export type { NamedFilter } from '../data/filters/filter.ts'
export type { BarLines } from '../indicators/graph.ts'
export { Line } from '../indicators/line.ts'
export * from '../indicators/lines.ts'
export type { CoarseBars, CoarseOptions } from './coarse-bars.ts'
export { combine } from './combine.ts'
export type { Instrument, InstrumentApi } from './instrument.ts'
export type { Bar, BookLevel, OrderBook, Quote, Tick } from './market-data.ts'
export { Order } from './order.ts'
export type { OrderInstrument } from './order-port.ts'
export type { NumberParamOptions, ParamNotes, ParamSpec, ParamValues } from './params.ts'
export { param } from './params.ts'
export type { SignalKind } from './signal-rules.ts'
export { SignalStrategy } from './signal-strategy.ts'
export {
  allIn,
  fixedReverser,
  fixedSize,
  fixedSizeTarget,
  type KellyOptions,
  kellyFraction,
  percentOfCash,
  riskPerTrade,
  type SizeRequest,
  type Sizer,
  volatilityTarget,
} from './sizers.ts'
export { type StepPhase, Strategy } from './strategy.ts'
export { Timer, type TimerDay, type TimerOptions } from './timer.ts'
