/**
 * What sma-cross.ts gives on the bundled S&P 500 days with the settings of the first start (a million in cash, no
 * costs, whole data, `default` profile). Fixed here: window and terminal must both show exactly this.
 */
export const sampleRun = {
  /** Figures by metric id as the terminal's JSON holds them, to 12 digits. */
  metrics: {
    'net-profit': 71884.9798,
    'total-return': 0.0718849798,
    'max-drawdown': 0.029719960818,
    'profit-factor': 1.38415983298,
  },
  counts: { bars: 5105, orders: 312, fills: 175, trades: 88, warmup: 29 },
  /** The same figures as the report writes them. */
  onScreen: {
    'Net profit': '+71,884.98 USD',
    'Total return': '+7.19%',
    'Largest drawdown': '2.97%',
    'Profit factor': '1.38',
  },
} as const

/** The figures above out of a run's metrics, to 12 digits: the last bits depend on the order of summing. */
export function sampleFigures(metrics: Readonly<Record<string, number>>): Record<string, number> {
  const ids = Object.keys(sampleRun.metrics)
  return Object.fromEntries(ids.map((id) => [id, Number((metrics[id] ?? Number.NaN).toPrecision(12))]))
}
