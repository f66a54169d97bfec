/** First words that mean the terminal, known without loading it; a test keeps them equal to `verbs`. */
export const verbNames: ReadonlySet<string> = new Set([
  'import',
  'data',
  'backtest',
  'optimise',
  'walkforward',
  'runs',
  'run',
  'verify',
  'analyze',
  'analyzers',
  'indicator',
  'indicators',
  'metrics',
  'call',
  'serve',
  'help',
])
