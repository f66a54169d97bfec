import { commissionWord } from './broker-lines.ts'
import { dayText } from './period.ts'
import type { BacktestConfig, Commission, Sizer, Slippage } from './run-types.ts'

/** A word as a POSIX shell reads it back: quoted only where needed. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** The terminal line that starts the same backtest. What equals the terminal's default is left out. */
export function backtestLine(config: BacktestConfig): string {
  const strategy = config.strategy.kind === 'saved' ? config.strategy.name : config.strategy.path
  const words = ['tickwright', 'backtest', strategy]
  for (const instrument of config.instruments) words.push('--data', instrument)
  words.push('--interval', config.interval)
  if (config.from !== null) words.push('--from', momentText(config.from))
  if (config.to !== null) words.push('--to', momentText(config.to))
  words.push('--cash', String(config.cash))
  if (config.commission.kind !== 'none') words.push('--commission', commissionWord(config.commission))
  words.push(...financingWords(config.commission))
  if (config.slippage.kind !== 'none') words.push('--slippage', slippageText(config.slippage))
  if (config.profile !== 'default') words.push('--profile', config.profile)
  const usualFill = config.profile === 'backtrader' ? 'backtrader' : 'pessimistic'
  if (config.fillPolicy !== usualFill) words.push('--fill-policy', config.fillPolicy)
  words.push(...brokerWords(config))
  if (config.sizer !== undefined) words.push('--sizer', sizerText(config.sizer))
  if (config.hours !== undefined) words.push('--session', hoursText(config.hours))
  if (config.seed !== 1) words.push('--seed', String(config.seed))
  for (const [name, value] of Object.entries(config.params)) words.push('--param', `${name}=${value}`)
  return words.map(shellWord).join(' ')
}

function sizerText(sizer: Sizer): string {
  switch (sizer.kind) {
    case 'fixed':
      return `fixed:${sizer.units}`
    case 'percent':
      return `percent:${sizer.percent}`
    case 'all-in':
      return 'all-in'
    case 'risk':
      return `risk:${sizer.ratio}`
  }
}

function hoursText({ start, end }: { readonly start: number; readonly end: number }): string {
  const clock = (ms: number) => {
    const minutes = Math.round(ms / 60_000)
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  }
  return `${clock(start)}-${clock(end)}`
}

function financingWords(commission: Commission): string[] {
  const words: string[] = []
  if (commission.kind === 'futures' && commission.rate !== undefined) words.push('--fee-rate', `${commission.rate}`)
  if (commission.kind === 'futures' && commission.autoMargin !== undefined) {
    words.push('--auto-margin', `${commission.autoMargin}`)
  }
  if (commission.leverage !== undefined) words.push('--leverage', `${commission.leverage}`)
  if (commission.interest !== undefined) words.push('--interest', `${commission.interest}`)
  if (commission.interestLong === true) words.push('--interest-long')
  return words
}

/** Settings of the broker that a new run does not have by itself, and its files. */
function brokerWords({ broker = {}, marketFiles = [] }: BacktestConfig): string[] {
  const settings = Object.entries(broker).filter(
    ([name, value]) => value !== undefined && usualBroker[name as keyof typeof usualBroker] !== value,
  )
  return [
    ...settings.flatMap(([name, value]) => ['--broker', `${name}=${JSON.stringify(value)}`]),
    ...marketFiles.flatMap(({ instrument, kind, path }) => [
      kind === 'tick' ? '--ticks' : '--quotes',
      `${instrument}=${path}`,
    ]),
  ]
}

const usualBroker = { lots: 'whole', exits: 'once' } as const

function slippageWords(slippage: Exclude<Slippage, { kind: 'none' }>): string[] {
  return [
    ...(slippage.atOpen === false ? ['no-open'] : []),
    ...(slippage.match === false ? ['no-match'] : []),
    ...(slippage.matchLimit === false ? ['no-match-limit'] : []),
    ...(slippage.outside === true ? ['outside'] : []),
  ]
}

/** A whole UTC day as a day, else the full moment. */
function momentText(ms: number): string {
  return ms % 86_400_000 === 0 ? dayText(ms) : new Date(ms).toISOString()
}

/** `percent:0.0005` (ratio of price) or `fixed:0.25` (price points). */
export function slippageText(slippage: Slippage): string {
  switch (slippage.kind) {
    case 'none':
      return 'none'
    case 'percent':
      return `percent:${[slippage.ratio, ...slippageWords(slippage)].join(',')}`
    case 'fixed':
      return `fixed:${[slippage.points, ...slippageWords(slippage)].join(',')}`
  }
}
