import { type NoticeEvent, type NoticeLevel, noticeLevels } from '../domain/notice-words.ts'

export type { NoticeEvent, NoticeLevel } from '../domain/notice-words.ts'

/** Something worth telling. Empty texts: it has none. */
export interface Notice {
  readonly id: string
  /** EpochMs. */
  readonly at: number
  readonly level: NoticeLevel
  readonly event: NoticeEvent
  /** Which part of the service says it, e.g. `live`, `blotter`, `backtest`. */
  readonly source: string
  readonly strategy: string
  readonly instrument: string
  readonly title: string
  readonly text: string
}

/** True for a level at or above another. */
export function isAtLeast(level: NoticeLevel, least: NoticeLevel): boolean {
  return noticeLevels.indexOf(level) >= noticeLevels.indexOf(least)
}

/** Notices with one cause have one key: they are folded into one message when there are many. */
export function causeOf({ level, event, source, strategy, instrument }: Notice): string {
  return [level, event, source, strategy, instrument].join('|')
}
