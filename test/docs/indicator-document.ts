import { indicatorCatalogue } from '../../core/indicators/catalogue.ts'
import {
  type IndicatorDefinition,
  type IndicatorGroup,
  type IndicatorParam,
  indicatorGroups,
} from '../../core/indicators/definition.ts'
import { aliasesOf, namingSystems } from '../../core/indicators/indicator-names.ts'

const families: Readonly<Record<IndicatorGroup, string>> = {
  average: 'Averages',
  band: 'Bands and channels',
  direction: 'Trend and direction',
  momentum: 'Momentum',
  volatility: 'Volatility',
  volume: 'Volume',
  range: 'Levels and extremes',
  statistic: 'Statistics',
  pattern: 'Candle patterns',
  cycle: 'Cycles',
  price: 'Prices',
  math: 'Mathematics',
  crossing: 'Crossings',
  operator: 'Operators',
  own: 'Own',
}

const systems = { backtrader: 'backtrader', talib: 'TA-Lib', qtpylib: 'qtpylib' } as const

/** docs/indicators.md: every entry of the catalogue, family by family. */
export function indicatorDocument(): string {
  const parts = indicatorGroups.flatMap((group) => {
    const entries = indicatorCatalogue.filter((entry) => entry.group === group)
    return entries.length === 0 ? [] : [`## ${families[group]}`, ...entries.map(entryText)]
  })
  return `${[introduction, ...parts].join('\n\n')}\n`
}

const introduction = `# Indicators

The catalogue: ${indicatorCatalogue.length} entries, made from the code by \`npm run unit -- test/docs/indicators.test.ts -u\`. The chart's picker, \`tickwright indicators\`, \`tickwright indicator ID\` and \`study('ID', i)\` in a strategy know each by its id and by its other names; \`talib:CCI\` says whose name it is where several systems have it.

Undefined values (warm-up, gaps in the data) are NaN in strategies, null in JSON, and not drawn. x is the series that the entry reads, the closes unless told.`

function entryText(entry: IndicatorDefinition): string {
  const { id, title, params, outputs, formula, source, pane } = entry
  const named = params.length === 0 ? 'no parameters' : params.map(paramText).join(', ')
  const lines = outputs.map(({ name }) => `\`${name}\``).join(', ')
  const aliases = aliasesOf(entry)
  const elsewhere = namingSystems
    .filter((system) => aliases[system].length > 0)
    .map((system) => `${systems[system]} ${aliases[system].map((name) => `\`${name}\``).join(', ')}`)
  return [
    `**\`${id}\`** ${title.en} · ${title.zh}${pane === 'price' ? ' · over the prices' : ''}  `,
    `${named} → ${lines}  `,
    `${escaped(formula)}. *${escaped(source)}*${elsewhere.length === 0 ? '' : '  '}`,
    ...(elsewhere.length === 0 ? [] : [elsewhere.join('; ')]),
  ].join('\n')
}

function paramText(param: IndicatorParam): string {
  if (param.kind === 'flag') return `\`${param.name}\` ${param.default ? 'on' : 'off'}`
  if (param.kind === 'choice') return `\`${param.name}\` ${param.default} (${param.choices.join(', ')})`
  return `\`${param.name}\` ${param.default} (${limit(param.min)} … ${limit(param.max)})`
}

function limit(value: number): string {
  return Math.abs(value) === Number.MAX_VALUE ? (value < 0 ? '−∞' : '∞') : String(value)
}

/** Formulas hold characters that mean something in Markdown. */
function escaped(text: string): string {
  return text.replace(/[*_<|]/g, '\\$&')
}
