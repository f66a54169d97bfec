/** Metric id → value; null where it is undefined. */
export type MetricValues = Record<string, number | null>

/** What metrics are computed from: the equity curve and the round trips of a run. */
export interface MetricInput {
  readonly equity: {
    readonly time: Float64Array
    readonly equity: Float64Array
    readonly drawdown: Float64Array
    readonly exposure: Float64Array
  }
  readonly trades: Readonly<Record<string, Float64Array>>
  readonly initialCash: number
}

/** Every metric of the first report. */
export function computeMetrics(input: MetricInput): MetricValues {
  const { equity } = input.equity
  const last = equity.at(-1)
  return { 'total-return': last === undefined ? null : last / input.initialCash - 1 }
}
