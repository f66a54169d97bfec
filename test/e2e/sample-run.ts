/**
 * What sma-cross.ts gives on the bundled S&P 500 days with the settings of the first start (a million in cash, no
 * costs, whole data, `default` profile). Fixed here: window and terminal must both show exactly this.
 */
export const sampleRun = {
  /** Figures by metric id, as the terminal's JSON holds them. */
  metrics: {
    'net-profit': 71884.97979999986,
    'total-return': 0.07188497979999986,
    'max-drawdown': 0.029719960818025356,
    'profit-factor': 1.384159832981403,
  },
  counts: { bars: 5105, orders: 312, fills: 175, trades: 88 },
  /** The same figures as the report writes them. */
  onScreen: {
    'Net profit': '+71,884.98 USD',
    'Total return': '+7.19%',
    'Largest drawdown': '2.97%',
    'Profit factor': '1.38',
  },
} as const
