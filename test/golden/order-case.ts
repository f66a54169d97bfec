import { Commission, type CommissionTerms, freeOfCharge } from '../../core/broker/commission.ts'
import type { FillerRules } from '../../core/broker/fillers.ts'
import { type BrokerRules, defaultBrokerRules } from '../../core/broker/rules.ts'

/** Formats of the order files (shared/reference/README.md). */
export interface OrderFile {
  readonly data: readonly { readonly spec: DataSpec; readonly bars: readonly BarRow[] }[]
  readonly cases: readonly OrderCase[]
}

export interface DataSpec {
  readonly feed: string
  readonly from: string
  readonly to: string
  readonly name?: string
  readonly sessionend?: string
}

/** datetime, open, high, low, close, volume, openinterest */
export type BarRow = readonly [string, number, number, number, number, number, number]

export interface OrderCase {
  readonly scenario: Scenario
  readonly expected: Expected
}

export interface Scenario {
  readonly id: string
  readonly data: readonly DataSpec[]
  readonly broker: Readonly<Record<string, unknown>>
  readonly commission?: readonly CommissionArguments[]
  readonly sizer?: SizerArguments
  readonly cerebro?: { readonly cheat_on_open?: boolean; readonly broker_coo?: boolean }
  readonly actions: readonly Action[]
}

export interface CommissionArguments {
  readonly commission?: number
  readonly margin?: number | null
  readonly mult?: number
  readonly commtype?: 'PERC' | 'FIXED' | null
  readonly percabs?: boolean
  readonly stocklike?: boolean
  readonly interest?: number
  readonly interest_long?: boolean
  readonly leverage?: number
  readonly automargin?: number | boolean
}

export interface SizerArguments {
  readonly type: string
  readonly stake?: number
  readonly tranches?: number
  readonly percents?: number
}

export type Valid = 0 | { readonly days: number } | { readonly minutes: number } | { readonly date: string }

/** Arguments of one order call; null or absent: not given. */
export interface OrderArguments {
  readonly size?: number
  readonly exectype?: string | null
  readonly price?: number
  readonly plimit?: number
  readonly trailamount?: number
  readonly trailpercent?: number
  readonly valid?: Valid
  readonly tradeid?: number
  readonly oco?: string
  readonly parent?: string
  readonly transmit?: boolean
}

export interface BracketArguments extends OrderArguments {
  readonly stopprice?: number
  readonly stopexec?: string | null
  readonly stopargs?: OrderArguments
  readonly limitprice?: number
  readonly limitexec?: string | null
  readonly limitargs?: OrderArguments
  readonly oargs?: OrderArguments
}

export interface Action extends OrderArguments {
  readonly bar: number
  readonly op: string
  readonly key?: string
  readonly data?: number
  readonly phase?: 'next_open'
  readonly bracket?: BracketArguments
  /** Key to cancel, or the target of an order target. */
  readonly target?: string | number
  readonly amount?: number
}

export interface Expected {
  readonly notifications: readonly (readonly unknown[])[]
  readonly trades: readonly (readonly unknown[])[]
  readonly bars: readonly (readonly unknown[])[]
  readonly open_orders_at_end: readonly unknown[]
  readonly final: { readonly cash: number; readonly value: number }
}

/** Arguments of setcommission as terms (01 section 8.7). */
export function commissionOf(scenario: Scenario): Commission {
  const given = scenario.commission?.at(-1)
  if (given === undefined) return new Commission(freeOfCharge)
  const { commission = 0, margin = null, mult = 1, commtype = null, percabs = true } = given
  const legacyFutures = commtype === null && Boolean(margin)
  const stockLike = commtype === null ? !legacyFutures : (given.stocklike ?? false)
  const perUnit = commtype === null ? legacyFutures : commtype === 'FIXED'
  const terms: CommissionTerms = {
    rate: !perUnit && !percabs ? commission / 100 : commission,
    perUnit,
    stockLike,
    margin: margin || 1,
    autoMargin: Number(given.automargin ?? 0),
    multiplier: mult,
    unitValue: 1,
    interest: given.interest ?? 0,
    interestLong: given.interest_long ?? false,
    leverage: given.leverage ?? 1,
  }
  return new Commission(terms)
}

function fillerOf(given: unknown): FillerRules {
  const filler = given as { type: string; size?: number; perc?: number; minmov?: number | null } | undefined
  switch (filler?.type) {
    case undefined:
      return { kind: 'none' }
    case 'FixedSize':
      return { kind: 'fixed-size', size: filler.size ?? null }
    case 'FixedBarPerc':
      return { kind: 'bar-percent', percent: filler.perc ?? 100 }
    case 'BarPointPerc':
      return { kind: 'bar-point-percent', minimumMove: filler.minmov ?? null, percent: filler.perc ?? 100 }
    default:
      throw new Error(`filler ${filler?.type} is not known`)
  }
}

/** The broker settings of a scenario under profile backtrader. */
export function rulesOf(scenario: Scenario): BrokerRules {
  const { broker, cerebro } = scenario
  const flag = (name: string, standard: boolean) => (broker[name] as boolean | undefined) ?? standard
  const number = (name: string) => (broker[name] as number | undefined) ?? 0
  const cheats = cerebro?.cheat_on_open === true && cerebro.broker_coo !== false
  return {
    ...defaultBrokerRules,
    backtrader: true,
    fillPolicy: 'backtrader',
    slippage: {
      ratio: number('slip_perc'),
      points: number('slip_fixed'),
      atOpen: flag('slip_open', false),
      match: flag('slip_match', true),
      matchLimit: flag('slip_limit', true),
      outside: flag('slip_out', false),
    },
    filler: fillerOf(broker.filler),
    checkSubmit: flag('checksubmit', true),
    shortCash: flag('shortcash', true),
    interestInResult: flag('int2pnl', true),
    cheatOnClose: flag('coc', false),
    cheatOnOpen: flag('coo', false) || cheats,
  }
}

const brokerOptions = new Set([
  'cash',
  'checksubmit',
  'eosbar',
  'filler',
  'slip_perc',
  'slip_fixed',
  'slip_open',
  'slip_match',
  'slip_limit',
  'slip_out',
  'coc',
  'coo',
  'int2pnl',
  'shortcash',
  'fundstartval',
  'fundmode',
])
const operations = new Set([
  'buy',
  'sell',
  'close',
  'cancel',
  'buy_bracket',
  'sell_bracket',
  'add_cash',
  'order_target_size',
  'order_target_value',
  'order_target_percent',
])
const sizers = new Set([
  'FixedSize',
  'FixedReverser',
  'FixedSizeTarget',
  'PercentSizer',
  'PercentSizerInt',
  'AllInSizer',
  'AllInSizerInt',
])

/** The first feature of a scenario that this runner has no counterpart for; undefined when it can be run. */
export function unsupportedFeature(scenario: Scenario): string | undefined {
  const option = Object.keys(scenario.broker).find((name) => !brokerOptions.has(name))
  if (option !== undefined) return `broker ${option}`
  const sizer = scenario.sizer?.type
  if (sizer !== undefined && !sizers.has(sizer)) return `sizer ${sizer}`
  const operation = scenario.actions.find(({ op }) => !operations.has(op))?.op
  return operation === undefined ? undefined : `operation ${operation}`
}

const dayMs = 86_400_000

/** `2006-01-09T23:59:59.999989` (no zone) as UTC milliseconds with the microseconds kept as a fraction. */
export function parseStamp(text: string): number {
  const [whole, fraction = ''] = text.split('.')
  const stamp = whole?.length === 10 ? `${whole}T00:00:00` : whole
  return Date.parse(`${stamp}Z`) + Number(`0.${fraction || '0'}`) * 1000
}

/** End of a feed's session in milliseconds of the day; upstream's default is 23:59:59.99999 in its day-number clock. */
export function sessionEndOf(spec: DataSpec): number {
  if (spec.sessionend === undefined) return parseStamp('1970-01-01T23:59:59.999989') % dayMs
  return parseStamp(`1970-01-01T${spec.sessionend}`)
}
