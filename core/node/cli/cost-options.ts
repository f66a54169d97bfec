import type { Takes } from '../../contract/contract.ts'
import { readCommission } from '../../domain/run-notation.ts'
import { number, text, UsageError, type VerbContext } from './verb.ts'

type Config = Takes<'backtest.start'>

/** Options of commission and slippage. */
export const costOptions = {
  commission: { type: 'string' },
  'fee-rate': { type: 'string' },
  'auto-margin': { type: 'string' },
  leverage: { type: 'string' },
  interest: { type: 'string' },
  'interest-long': { type: 'boolean' },
  slippage: { type: 'string' },
} as const

/** The commission that the command line asks for. */
export function commissionFrom(context: VerbContext): Config['commission'] {
  const { values } = context
  const scheme = commissionOf(text(values, 'commission') ?? 'none')
  const futures = {
    ...given('rate', number(values, 'fee-rate')),
    ...given('autoMargin', number(values, 'auto-margin')),
  }
  if (Object.keys(futures).length > 0 && scheme.kind !== 'futures') {
    throw new UsageError('--fee-rate and --auto-margin go with --commission futures:…')
  }
  return {
    ...scheme,
    ...futures,
    ...given('leverage', number(values, 'leverage')),
    ...given('interest', number(values, 'interest')),
    ...(values['interest-long'] === true ? { interestLong: true } : {}),
  }
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value }
}

/** As `readCommission`; a `UsageError` otherwise. */
export function commissionOf(value: string): Config['commission'] {
  const commission = readCommission(value)
  if (commission !== undefined) return commission
  throw new UsageError(`--commission is none, percent:0.001, fixed:2 or futures:2,1000,10, was “${value}”`)
}

const slippageWords = {
  'no-open': { atOpen: false },
  'no-match': { match: false },
  'no-match-limit': { matchLimit: false },
  outside: { outside: true },
} as const

/** `none`, `percent:0.0005`, `fixed:0.25`, and after a comma `no-open`, `no-match`, `no-match-limit`, `outside`. */
export function slippageOf(value: string): Config['slippage'] {
  const [kind, rest = ''] = value.split(':')
  const [amount, ...words] = rest.split(',')
  const parsed = Number(amount)
  const details = Object.assign({}, ...words.map((word) => slippageWord(word, value)))
  if (kind === 'none') return { kind: 'none' }
  if (kind === 'percent' && isAmount(parsed)) return { kind: 'percent', ratio: parsed, ...details }
  if (kind === 'fixed' && isAmount(parsed)) return { kind: 'fixed', points: parsed, ...details }
  throw new UsageError(`--slippage is none, percent:0.0005 or fixed:0.25, was “${value}”`)
}

function slippageWord(word: string, value: string): object {
  const found = slippageWords[word as keyof typeof slippageWords]
  if (found !== undefined) return found
  throw new UsageError(`--slippage knows ${Object.keys(slippageWords).join(', ')} after the amount, was “${value}”`)
}

function isAmount(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0
}
