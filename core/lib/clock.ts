/** The only way core learns the time: the wall clock lives in core/node, simulated time in the engine. */
export interface Clock {
  /** UTC epoch milliseconds. */
  now(): number
}
