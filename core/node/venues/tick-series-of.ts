import type { TickSeries } from '../../domain/market-columns.ts'
import type { TickMessage } from '../../domain/market-message.ts'

/** Prints as columns, ordered by (time, id). */
export function tickSeriesOf(ticks: readonly TickMessage[]): TickSeries {
  const ordered = [...ticks].sort((a, b) => a.time - b.time || a.id - b.id)
  const column = (of: (tick: TickMessage) => number) => Float64Array.from(ordered, of)
  return {
    length: ordered.length,
    time: column(({ time }) => time),
    id: column(({ id }) => id),
    price: column(({ price }) => price),
    size: column(({ size }) => size),
    side: column(({ side }) => side),
  }
}
