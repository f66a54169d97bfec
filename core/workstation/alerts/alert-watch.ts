import { firingsOf } from '../../alerts/alert-course.ts'
import { type Condition, instrumentOf } from '../../alerts/condition.ts'
import { parseCondition } from '../../alerts/condition-text.ts'
import type { Track } from '../../alerts/track.ts'
import { DomainError } from '../../domain/errors.ts'
import type { MarketMessage } from '../../domain/market-message.ts'
import type { Firing, KeptAlert } from './alert-book.ts'
import { firingAt } from './alert-firing.ts'
import { AlertHearing } from './alert-hearing.ts'
import { storedBarTrack, type TrackSources } from './alert-tracks.ts'

interface Watched {
  readonly condition: Condition
  readonly hearing: AlertHearing
}

const looksAfterBar = 4

/** One armed alert: what it has heard, and up to which moment it was looked at. */
export class AlertWatch {
  readonly alert: KeptAlert
  readonly #watched: readonly Watched[]
  readonly #sources: TrackSources
  /** Moments up to here are judged; null: not one yet. */
  #seen: number | null = null
  /** Looks that are still to come: the store has a bar a little after it was told. */
  #looks = 1

  /** `seen`: the moment up to which an earlier service judged it; null: it was never watched. */
  constructor(alert: KeptAlert, sources: TrackSources, seen: number | null) {
    this.alert = alert
    this.#seen = seen
    this.#sources = sources
    this.#watched = alert.conditions.map((text) => {
      const condition = parseCondition(text)
      return { condition, hearing: new AlertHearing(condition) }
    })
  }

  get isDue(): boolean {
    return this.#looks > 0
  }

  /** Moments up to here are judged; null: it has not been looked at. */
  get seen(): number | null {
    return this.#seen
  }

  takeMarket(message: MarketMessage): void {
    if (message.kind === 'bar') {
      if (message.closed) this.takeBars(message.instrument)
      return
    }
    for (const { hearing } of this.#watched) if (hearing.market(message)) this.#looks ||= 1
  }

  /** Bars of an instrument are new; null: of any. */
  takeBars(instrument: string | null): void {
    const reads = ({ condition }: Watched) =>
      condition.kind === 'bars' && (instrument === null || instrumentOf(condition) === instrument)
    if (this.#watched.some(reads)) this.#looks = looksAfterBar
  }

  takeSession(view: Parameters<AlertHearing['session']>[0], now: number): void {
    for (const { hearing } of this.#watched) if (hearing.session(view, now)) this.#looks ||= 1
  }

  takeNotice(notice: Parameters<AlertHearing['notice']>[0], now: number): void {
    for (const { hearing } of this.#watched) if (hearing.notice(notice, now)) this.#looks ||= 1
  }

  /**
   * Judges what is new. The first look ever only finds out where the stored past ends: what was before the alert was
   * armed fires nothing.
   */
  async look(lastFired: number | null): Promise<Firing[]> {
    this.#looks--
    const isFirst = this.#seen === null
    const tracks: Track[] = []
    let newest = Number.NEGATIVE_INFINITY
    for (const { condition, hearing } of this.#watched) {
      const track = hearing.track() ?? (await this.#barTrack(condition))
      tracks.push(track)
      newest = Math.max(newest, track.moments.at(-1) ?? newest)
    }
    const after = this.#seen ?? (this.#readsBars ? Math.max(0, newest) : 0)
    this.#seen = Math.max(after, newest)
    if (isFirst && this.#readsBars) return []
    const moments = firingsOf(tracks, this.alert, { after, until: Number.POSITIVE_INFINITY, lastFired })
    return moments.map((moment) => firingAt(this.alert, tracks, moment))
  }

  get #readsBars(): boolean {
    return this.#watched.some(({ condition }) => condition.kind === 'bars')
  }

  async #barTrack(condition: Condition): Promise<Track> {
    if (condition.kind !== 'bars') throw new Error('only bars are read')
    try {
      return await storedBarTrack(this.#sources, condition, this.#seen === null ? 'end' : this.#seen)
    } catch (failure) {
      // A market that nothing is stored of yet may still come
      if (!(failure instanceof DomainError) || failure.code !== 'data.missing') throw failure
      const none = new Float64Array(0)
      return { moments: none, left: none, right: none, relation: condition.relation }
    }
  }
}
