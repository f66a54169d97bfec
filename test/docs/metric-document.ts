import { type MetricGroup, metricGroups } from '../../core/reports/metric.ts'
import { type MetricEntry, metricEntries } from '../../core/reports/metric-catalogue.ts'

const groups: Readonly<Record<MetricGroup, string>> = {
  return: 'Return',
  risk: 'Risk',
  ratio: 'Ratios',
  benchmark: 'Against a benchmark',
  trades: 'Trades',
  cost: 'Cost',
  doubt: 'Doubt',
}

const parts: Readonly<Record<MetricEntry['needs'], string>> = {
  returns: 'the returns',
  account: 'the account’s curve',
  benchmark: 'returns beside a benchmark',
  trades: 'closed round trips',
  costs: 'fills and fees',
  doubt: 'returns and results',
}

/** docs/metrics.md: every metric of the catalogue, group by group. */
export function metricDocument(): string {
  const entries = metricEntries()
  const sections = metricGroups.flatMap((group) => [
    `## ${groups[group]}`,
    ...entries.filter((entry) => entry.group === group).map(entryText),
  ])
  return `${[introduction(entries.length), ...sections].join('\n\n')}\n`
}

function introduction(count: number): string {
  return `# Metrics

The catalogue: ${count} metrics, made from the code by \`npm run unit -- test/docs/metrics.test.ts -u\`. \`tickwright metrics --list\` gives the same, \`tickwright metrics --returns FILE.csv\` computes those that a file of returns has, and the Report panel shows each with its definition.

- r is the return of a period (a UTC day of a run, a row of a file), n how many there are, N how many make a year (252), *rate* the risk-free rate of a period: (1 + yearly)^(1/N) − 1, 0 unless told.
- Ratios are 1 = 100 %. What is undefined is null in JSON and – on screen, never 0.
- Where two systems mean different things by one name, each has a metric of its own; the names behind → give the same number there with their defaults, checked in \`test/core/reports/published.test.ts\` where values are published.
- quantstats changed two of its functions: \`conditional_value_at_risk\` in 0.0.83 and \`probabilistic_sharpe_ratio\` in 0.0.82. Their names stand for the earlier definitions; \`expected-shortfall-normal\` and \`probabilistic-sharpe\` follow the later ones (the latter with moments of the population).`
}

function entryText({ id, title, formula, unit, needs, edgeCases, source, aliases }: MetricEntry): string {
  const elsewhere = Object.entries(aliases)
    .filter(([, names]) => names.length > 0)
    .map(([system, names]) => `${system} ${names.map((name) => `\`${name}\``).join(', ')}`)
  return [
    `**\`${id}\`** ${title.en} · ${title.zh}  `,
    `${escaped(formula)} · ${unit}, from ${parts[needs]}  `,
    `*${escaped(source)}*${edgeCases.en === '' ? '' : `. ${edgeCases.en}`}${elsewhere.length === 0 ? '' : '  '}`,
    ...(elsewhere.length === 0 ? [] : [`→ ${elsewhere.join('; ')}`]),
  ].join('\n')
}

/** Formulas hold characters that mean something in Markdown. */
function escaped(text: string): string {
  return text.replace(/[*_<|]/g, '\\$&')
}
