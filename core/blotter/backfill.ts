import type { InstrumentId } from '../domain/ids.ts'
import type { Stores } from '../stores/stores.ts'
import type { HistoryControl, MarketSource, SourceInstrument } from './market-source.ts'

export interface BackfillWish {
  readonly instrument: SourceInstrument
  readonly interval: string
  readonly from: number
  readonly to: number
  /** Prints as well as bars. */
  readonly ticks: boolean
}

export interface BackfillResult {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly ticks: number
}

export interface BackfillControl extends HistoryControl {
  /** Resolves when it may go on (at once unless it is paused). */
  readonly mayGoOn: () => Promise<void>
  /** EpochMs up to which everything is stored. */
  readonly onProgress: (until: number) => void
}

/**
 * Fetches a period from a source into the store, part by part; each part is stored before the next is asked for, so a
 * broken backfill has lost nothing and may be repeated: what is there already stays as it is. Rejects with the source's
 * or the store's error.
 */
export async function backfill(
  { source, stores }: { readonly source: MarketSource; readonly stores: Pick<Stores, 'bars' | 'market'> },
  wish: BackfillWish,
  control: BackfillControl,
): Promise<BackfillResult> {
  const result = { added: 0, changed: 0, unchanged: 0, ticks: 0 }
  const { history, name } = source
  if (history === null) return result
  const period = { from: wish.from, to: wish.to }
  const id: InstrumentId = wish.instrument.id
  for await (const part of history.bars(wish.instrument, wish.interval, period, control)) {
    const { added, changed, unchanged } = await stores.bars.upsert(id, wish.interval, part, name)
    result.added += added
    result.changed += changed
    result.unchanged += unchanged
    control.onProgress(part.closeTime[part.length - 1] as number)
    await control.mayGoOn()
  }
  if (!wish.ticks || history.ticks === null) return result
  for await (const part of history.ticks(wish.instrument, period, control)) {
    const { added } = await stores.market.upsert('tick', id, part, name)
    result.ticks += added
    control.onProgress(part.time[part.length - 1] as number)
    await control.mayGoOn()
  }
  return result
}
