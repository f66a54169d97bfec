import type { NoticeEvent } from '../domain/notice-words.ts'
import type { PriceSource } from '../domain/price-source.ts'

export const relations = ['above', 'below', 'crosses-above', 'crosses-below', 'crosses'] as const
/** `above` and `below` hold as long as they are so, the others only where the one passes the other. */
export type Relation = (typeof relations)[number]

/** What is read of the market between bars. `spread` is ask − bid. */
export const quoteFigures = ['last', 'bid', 'ask', 'spread'] as const
export type QuoteFigure = (typeof quoteFigures)[number]

/** What is read of a live session: profit since it began (money), drawdown (percent), units held. */
export const sessionFigures = ['pnl', 'drawdown', 'position'] as const
export type SessionFigure = (typeof sessionFigures)[number]

/** A figure on every bar, NaN where undefined. */
export type Operand =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'price'; readonly of: PriceSource }
  /** Percent by which the close is above that of so many bars before. */
  | { readonly kind: 'change'; readonly bars: number }
  /** Empty output: its first. */
  | {
      readonly kind: 'indicator'
      readonly id: string
      readonly params: Readonly<Record<string, number | string | boolean>>
      readonly output: string
    }
  /** A straight line through two points, drawn on to both sides; times are EpochMs. */
  | { readonly kind: 'line'; readonly from: LinePoint; readonly to: LinePoint }

export interface LinePoint {
  readonly time: number
  readonly price: number
}

/** One thing that an alert waits for. */
export type Condition =
  | {
      readonly kind: 'bars'
      readonly instrument: string
      readonly interval: string
      readonly left: Operand
      readonly relation: Relation
      readonly right: Operand
    }
  | {
      readonly kind: 'quotes'
      readonly instrument: string
      readonly figure: QuoteFigure
      readonly relation: Relation
      readonly value: number
    }
  | {
      readonly kind: 'session'
      /** Id or name of the session. */
      readonly session: string
      readonly figure: SessionFigure
      /** Only of positions, otherwise empty. */
      readonly instrument: string
      readonly relation: Relation
      readonly value: number
    }
  /** A notice of that kind whose texts have the word; empty: any. */
  | { readonly kind: 'event'; readonly event: NoticeEvent; readonly word: string }

/** The instrument that a condition reads; empty: none. */
export function instrumentOf(condition: Condition): string {
  return condition.kind === 'event' ? '' : condition.instrument
}
