import { listedSettings, listedSettingsOf, readLines, splitLists, type TypedLists } from './broker-lines.ts'
import { coveredSpan, dayOf, type Period, periodPresets, spanOf } from './period.ts'
import type { BacktestConfig, BrokerSettings, Commission, ParamValue, Sizer, Slippage } from './run-types.ts'
import type { Coverage } from './types.ts'

/** The last configuration of the Backtest panel, kept between sessions. */
export interface BacktestSetup {
  /** File of the strategy that was configured last; the selection itself lives in the workspace. */
  readonly strategy: string | null
  /** Typed parameters by strategy file, so that switching strategies loses nothing. NaN = not a number yet. */
  readonly params: Readonly<Record<string, Readonly<Record<string, ParamValue>>>>
  /** Empty: the instrument selected in the workspace. */
  readonly instruments: readonly string[]
  readonly interval: string
  readonly period: Period
  readonly cash: number
  readonly commission: Commission
  readonly slippage: Slippage
  readonly profile: BacktestConfig['profile']
  readonly fillPolicy: BacktestConfig['fillPolicy']
  readonly seed: number
  readonly broker: BrokerSettings
  /** Commissions of single instruments, money in and out, fills from elsewhere: as typed. */
  readonly lists: TypedLists
  /** Null: one unit. */
  readonly sizer: Sizer | null
  /** When sessions begin and end; null: whole days. */
  readonly hours: NonNullable<BacktestConfig['hours']> | null
  /** File of ticks or quotes for the first instrument; empty: none. */
  readonly marketFile: string
}

/** Every fill policy, in the order in which the form offers them. */
export const fillPolicies = [
  ...(['pessimistic', 'optimistic', 'ohlc-path', 'magnified', 'tick', 'quote', 'backtrader'] as const),
]

export const defaultSetup: BacktestSetup = {
  strategy: null,
  params: {},
  instruments: [],
  interval: '1d',
  period: { preset: 'all', from: null, to: null },
  cash: 1_000_000,
  commission: { kind: 'none' },
  slippage: { kind: 'none' },
  profile: 'default',
  fillPolicy: 'pessimistic',
  seed: 1,
  broker: {},
  lists: { commissions: '', cashFlows: '', history: '' },
  sizer: null,
  hours: null,
  marketFile: '',
}

/** What a kind of commission starts with when it is chosen: ordinary figures, not zeros. */
export const commissionDefaults: { readonly [Kind in Commission['kind']]: Extract<Commission, { kind: Kind }> } = {
  none: { kind: 'none' },
  percent: { kind: 'percent', rate: 0.001 },
  fixed: { kind: 'fixed', perUnit: 0.01 },
  futures: { kind: 'futures', perContract: 2, margin: 2000, multiplier: 10 },
}

/** What a kind of sizer starts with. */
export const sizerDefaults: { readonly [Kind in Sizer['kind']]: Extract<Sizer, { kind: Kind }> } = {
  fixed: { kind: 'fixed', units: 100 },
  percent: { kind: 'percent', percent: 20 },
  'all-in': { kind: 'all-in' },
  risk: { kind: 'risk', ratio: 0.01 },
}

type Filler = NonNullable<BrokerSettings['filler']>
/** What a kind of filler starts with. */
export const fillerDefaults: { readonly [Kind in Filler['kind']]: Extract<Filler, { kind: Kind }> } = {
  none: { kind: 'none' },
  'fixed-size': { kind: 'fixed-size', size: 100 },
  'bar-percent': { kind: 'bar-percent', percent: 10 },
  'bar-point-percent': { kind: 'bar-point-percent', minimumMove: null, percent: 10 },
}

/** Leverage and interest of a scheme, which another kind of commission keeps. */
export function financingOf({ leverage, interest, interestLong }: Commission): Partial<Commission> {
  return {
    ...(leverage === undefined ? {} : { leverage }),
    ...(interest === undefined ? {} : { interest }),
    ...(interestLong === undefined ? {} : { interestLong }),
  }
}

export const slippageDefaults: { readonly [Kind in Slippage['kind']]: Extract<Slippage, { kind: Kind }> } = {
  none: { kind: 'none' },
  percent: { kind: 'percent', ratio: 0.0005 },
  fixed: { kind: 'fixed', points: 0.01 },
}

/** Fields of a configuration that cannot be run as typed; each has a sentence `problem.<name>` in `backtest`. */
export type SetupProblem = 'strategy' | 'instruments' | 'period' | 'cash' | 'commission' | 'slippage' | 'lists' | 'seed'

/** What is wrong with a setup before the service is asked. */
export function setupProblems(
  setup: BacktestSetup,
  chosen: { strategy: string | null; instruments: readonly string[] },
) {
  const problems: SetupProblem[] = []
  if (chosen.strategy === null) problems.push('strategy')
  if (chosen.instruments.length === 0) problems.push('instruments')
  const { preset, from, to } = setup.period
  if (preset === 'custom' && from !== null && to !== null && from > to) problems.push('period')
  if (!(setup.cash > 0 && setup.cash <= 1e15)) problems.push('cash')
  if (!isCommission(setup.commission)) problems.push('commission')
  if (!isSlippage(setup.slippage)) problems.push('slippage')
  if (listedSettings.some((name) => readLines(name, setup.lists[name]).badLine !== null)) problems.push('lists')
  if (!(Number.isInteger(setup.seed) && setup.seed >= 0 && setup.seed <= 0xffffffff)) problems.push('seed')
  return problems
}

function isCommission(commission: Commission): boolean {
  switch (commission.kind) {
    case 'none':
      return true
    case 'percent':
      return commission.rate >= 0 && commission.rate <= 1
    case 'fixed':
      return commission.perUnit >= 0
    case 'futures':
      return commission.perContract >= 0 && commission.margin > 0 && commission.multiplier > 0
  }
}

function isSlippage(slippage: Slippage): boolean {
  switch (slippage.kind) {
    case 'none':
      return true
    case 'percent':
      return slippage.ratio >= 0 && slippage.ratio <= 1
    case 'fixed':
      return slippage.points >= 0
  }
}

/** What `backtest.start` is sent. `params` are the values read from the form. */
export function configOf(
  setup: BacktestSetup,
  chosen: {
    readonly strategy: string
    readonly instruments: readonly string[]
    readonly params: Readonly<Record<string, ParamValue>>
    readonly coverage: readonly Coverage[]
    /** Zone whose days the period counts: the first instrument's exchange. */
    readonly zone: string
  },
): BacktestConfig {
  const span = spanOf(setup.period, coveredSpan(chosen.coverage, chosen.instruments), chosen.zone)
  return {
    strategy: { kind: 'saved', name: chosen.strategy },
    params: { ...chosen.params },
    instruments: [...chosen.instruments],
    interval: setup.interval,
    from: span.from,
    to: span.to,
    cash: setup.cash,
    commission: setup.commission,
    slippage: setup.slippage,
    profile: setup.profile,
    fillPolicy: setup.fillPolicy,
    seed: setup.seed,
    ...brokerOf(setup),
    ...(setup.sizer === null ? {} : { sizer: setup.sizer }),
    ...(setup.hours === null ? {} : { hours: setup.hours }),
    ...marketFilesOf(setup, chosen.instruments),
  }
}

/** The broker's settings of the form. */
export function brokerOf({ broker, lists }: BacktestSetup) {
  const whole = { ...broker, ...listedSettingsOf(lists) }
  return Object.keys(whole).length === 0 ? {} : { broker: whole }
}

function marketFilesOf({ fillPolicy, marketFile }: BacktestSetup, [instrument]: readonly string[]) {
  const kind = fillPolicy === 'tick' || fillPolicy === 'quote' ? fillPolicy : undefined
  if (kind === undefined || marketFile === '' || instrument === undefined) return {}
  return { marketFiles: [{ instrument, kind, path: marketFile }] }
}

/** The setup that repeats a stored run; everything else of the present setup stays. */
export function setupFrom(config: BacktestConfig, present: BacktestSetup, zone: string): BacktestSetup {
  const name = config.strategy.kind === 'saved' ? config.strategy.name : null
  const isAll = config.from === null && config.to === null
  return {
    strategy: name ?? present.strategy,
    params: name === null ? present.params : { ...present.params, [name]: config.params },
    instruments: config.instruments,
    interval: config.interval,
    period: isAll
      ? defaultSetup.period
      : {
          preset: 'custom',
          from: config.from === null ? null : dayOf(config.from, zone),
          to: config.to === null ? null : dayOf(config.to - 1, zone),
        },
    cash: config.cash,
    commission: config.commission,
    slippage: config.slippage,
    profile: config.profile,
    fillPolicy: config.fillPolicy,
    seed: config.seed,
    ...splitLists(withoutUsual(config.broker ?? {})),
    sizer: config.sizer ?? null,
    hours: config.hours ?? null,
    marketFile: config.marketFiles?.[0]?.path ?? '',
  }
}

/** Settings without those that each new run has anyway. */
function withoutUsual({ lots, exits, ...rest }: BrokerSettings): BrokerSettings {
  return {
    ...rest,
    ...(lots === 'exact' ? { lots } : {}),
    ...(exits === 'each' ? { exits } : {}),
  }
}

type Loose = Readonly<Record<string, unknown>>

function isRecord(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A stored setup laid over the default: whatever is malformed is left at its default. */
export function readSetup(stored: unknown): BacktestSetup {
  if (!isRecord(stored)) return defaultSetup
  const { strategy, params, instruments, interval, period, cash, commission, slippage, profile, fillPolicy, seed } =
    stored
  return {
    strategy: typeof strategy === 'string' ? strategy : null,
    params: isRecord(params) ? (params as BacktestSetup['params']) : defaultSetup.params,
    instruments: Array.isArray(instruments) ? instruments.filter((id) => typeof id === 'string') : [],
    interval: typeof interval === 'string' ? interval : defaultSetup.interval,
    period: readPeriod(period),
    cash: typeof cash === 'number' ? cash : defaultSetup.cash,
    commission: withFinancing(commission, readKind(commission, commissionDefaults) ?? defaultSetup.commission),
    slippage: readKind(slippage, slippageDefaults) ?? defaultSetup.slippage,
    profile: profile === 'backtrader' ? 'backtrader' : 'default',
    fillPolicy: fillPolicies.find((policy) => policy === fillPolicy) ?? 'pessimistic',
    seed: typeof seed === 'number' ? seed : defaultSetup.seed,
    broker: isRecord(stored.broker) ? splitLists(stored.broker as BrokerSettings).broker : {},
    lists: readLists(stored.lists),
    sizer: readKind(stored.sizer, sizerDefaults) ?? null,
    hours: readHoursOf(stored.hours),
    marketFile: typeof stored.marketFile === 'string' ? stored.marketFile : '',
  }
}

function readLists(stored: unknown): TypedLists {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const { commissions, cashFlows, history } = isRecord(stored) ? stored : {}
  return { commissions: text(commissions), cashFlows: text(cashFlows), history: text(history) }
}

function readHoursOf(stored: unknown): BacktestSetup['hours'] {
  if (!isRecord(stored) || typeof stored.start !== 'number' || typeof stored.end !== 'number') return null
  return { start: stored.start, end: stored.end }
}

/** A stored commission's leverage and interest. */
function withFinancing(stored: unknown, commission: Commission): Commission {
  if (!isRecord(stored)) return commission
  const { leverage, interest, interestLong } = stored
  return {
    ...commission,
    ...(typeof leverage === 'number' ? { leverage } : {}),
    ...(typeof interest === 'number' ? { interest } : {}),
    ...(typeof interestLong === 'boolean' ? { interestLong } : {}),
  }
}

function readPeriod(stored: unknown): Period {
  if (!isRecord(stored)) return defaultSetup.period
  const preset = periodPresets.find((name) => name === stored.preset)
  if (preset === undefined) return defaultSetup.period
  const day = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null)
  return { preset, from: day(stored.from), to: day(stored.to) }
}

/** A stored union member whose numbers are all there; undefined otherwise. */
function readKind<Member extends { readonly kind: string }>(
  stored: unknown,
  defaults: Readonly<Record<string, Member>>,
): Member | undefined {
  if (!isRecord(stored) || typeof stored.kind !== 'string') return undefined
  const shape = defaults[stored.kind]
  if (shape === undefined) return undefined
  const entries = Object.entries(shape).map(([key, value]) => [
    key,
    typeof stored[key] === typeof value ? stored[key] : value,
  ])
  return Object.fromEntries(entries) as Member
}
