export const builtKinds = ['bars', 'quotes', 'session', 'event'] as const
export type BuiltKind = (typeof builtKinds)[number]

export const relations = ['above', 'below', 'crosses-above', 'crosses-below', 'crosses'] as const
export const events = [
  ...(['fill', 'order', 'trade', 'risk', 'connection', 'data-gap', 'strategy', 'session', 'roll'] as const),
  ...(['backtest', 'message', 'channel', 'heartbeat'] as const),
]

export const barSides = [
  ...(['close', 'open', 'high', 'low', 'volume', 'change', 'indicator', 'line', 'number'] as const),
]
const quoteSides = ['last', 'bid', 'ask', 'spread'] as const
const sessionSides = ['pnl', 'drawdown', 'position'] as const
export type SideKind = (typeof barSides)[number] | (typeof quoteSides)[number] | (typeof sessionSides)[number]

/** One side of a comparison as it is chosen. */
export interface BuiltSide {
  readonly kind: SideKind
  /** Bars of a change, or the number. */
  readonly number: number
  readonly indicator: string
  /** As typed: `period=20`. */
  readonly params: string
  /** Empty: the first. */
  readonly output: string
  /** As typed: `2020-01-02=3200, 2020-03-02=3300`. */
  readonly points: string
}

export interface ConditionDraft {
  readonly kind: BuiltKind
  readonly instrument: string
  readonly interval: string
  readonly session: string
  readonly left: BuiltSide
  readonly relation: (typeof relations)[number]
  readonly right: BuiltSide
  readonly event: (typeof events)[number]
  readonly word: string
}

const plainSide = { number: Number.NaN, indicator: 'sma', params: 'period=20', output: '', points: '' }
const sideOf = (kind: SideKind): BuiltSide => ({ ...plainSide, kind })

/** What may stand on each side of a kind of condition, and what stands there first. */
export const conditionSides: Readonly<
  Record<
    BuiltKind,
    {
      readonly left: readonly SideKind[]
      readonly right: readonly SideKind[]
      readonly first: { readonly left: BuiltSide; readonly right: BuiltSide }
    }
  >
> = {
  bars: { left: barSides, right: barSides, first: { left: sideOf('close'), right: sideOf('number') } },
  quotes: { left: quoteSides, right: ['number'], first: { left: sideOf('last'), right: sideOf('number') } },
  session: { left: sessionSides, right: ['number'], first: { left: sideOf('pnl'), right: sideOf('number') } },
  event: { left: [], right: [], first: { left: sideOf('close'), right: sideOf('number') } },
}

export function firstCondition(instrument: string, interval: string): ConditionDraft {
  const rest = { session: '', relation: 'crosses-above', event: 'fill', word: '' } as const
  return { kind: 'bars', instrument, interval, ...conditionSides.bars.first, ...rest }
}

/** The condition in the notation of docs/alerts.md; null while something is missing. */
export function builtCondition(draft: ConditionDraft): string | null {
  const { kind, instrument, interval, session, relation, event, word } = draft
  if (kind === 'event') return `event ${event} ${word}`.trim()
  const [left, right] = [sideText(draft.left, instrument), sideText(draft.right, instrument)]
  if (left === null || right === null) return null
  if (kind === 'session') return session === '' ? null : `session ${session}: ${left} ${relation} ${right}`
  if (instrument === '' || (kind === 'bars' && interval === '')) return null
  return `${instrument} ${kind === 'quotes' ? 'quote' : interval}: ${left} ${relation} ${right}`
}

function sideText({ kind, number, indicator, params, output, points }: BuiltSide, instrument: string): string | null {
  switch (kind) {
    case 'number':
      return Number.isNaN(number) ? null : String(number)
    case 'change':
      return Number.isNaN(number) ? null : `change(${number})`
    case 'line':
      return points === '' ? null : `line(${points})`
    case 'indicator':
      return `${indicator}(${params})${output === '' ? '' : `.${output}`}`
    case 'position':
      return `position ${instrument}`
    default:
      return kind
  }
}
