import type { Gives } from '../../../core/contract/contract.ts'
import type { HeldPosition, WorkingOrder } from '../../state/working-orders.ts'

export type StandingBook = NonNullable<Gives<'blotter.book'>['book']>

/** One price of the ladder, or a few ticks of them. */
export interface LadderRow {
  /** Number of the row on the grid of its width; a row up is one more. */
  readonly index: number
  readonly price: number
  /** What stands in the book; null: nothing. */
  readonly bidSize: number | null
  readonly askSize: number | null
  readonly buys: readonly WorkingOrder[]
  readonly sells: readonly WorkingOrder[]
  readonly isLast: boolean
  /** The average price of what is held lies here. */
  readonly isAverage: boolean
}

interface LadderFacts {
  readonly book: StandingBook | null
  readonly orders: readonly WorkingOrder[]
  readonly positions: readonly HeldPosition[]
  /** Price points of a row: the tick size or a multiple. */
  readonly width: number
  /** The uppermost row. */
  readonly top: number
  readonly count: number
}

// 0.3 / 0.1 lies on row 3, though the quotient is a little less
const slack = 1e-6

/** Row of a price: what is bid at it falls down to the row below, what is asked goes up, and so nothing looks better than it is. */
export function rowOf(price: number, width: number, side: 'bid' | 'ask'): number {
  return side === 'bid' ? Math.floor(price / width + slack) : Math.ceil(price / width - slack)
}

/** Price of a row, without digits that the division left. */
export function priceOf(index: number, width: number): number {
  return Number((index * width).toPrecision(12))
}

/** Rows from `top` down. */
export function ladderRows({ book, orders, positions, width, top, count }: LadderFacts): LadderRow[] {
  const bids = sizesOf(book?.bids ?? [], width, 'bid')
  const asks = sizesOf(book?.asks ?? [], width, 'ask')
  const placed = orders.map((order) => ({
    order,
    index: rowOf(order.price ?? Number.NaN, width, order.side === 'buy' ? 'bid' : 'ask'),
  }))
  const last = book?.last ?? null
  const at = (price: number | null) => (price === null ? Number.NaN : Math.round(price / width))
  const averages = new Set(positions.map(({ averagePrice }) => at(averagePrice)))
  return Array.from({ length: count }, (_, down): LadderRow => {
    const index = top - down
    const here = placed.filter((each) => each.index === index).map(({ order }) => order)
    return {
      ...{ index, price: priceOf(index, width), bidSize: bids.get(index) ?? null, askSize: asks.get(index) ?? null },
      buys: here.filter(({ side }) => side === 'buy'),
      sells: here.filter(({ side }) => side === 'sell'),
      isLast: index === at(last),
      isAverage: averages.has(index),
    }
  })
}

function sizesOf(levels: StandingBook['bids'], width: number, side: 'bid' | 'ask'): Map<number, number> {
  const sizes = new Map<number, number>()
  for (const [price, size] of levels) {
    const index = rowOf(price, width, side)
    sizes.set(index, (sizes.get(index) ?? 0) + (size ?? 0))
  }
  return sizes
}

/** The price that the ladder is centred on: the last, else the middle of the book, else a side of it. */
export function centreOf(book: StandingBook | null): number | null {
  if (book === null) return null
  const [bid, ask] = [book.bids[0]?.[0], book.asks[0]?.[0]]
  return book.last ?? (bid !== undefined && ask !== undefined ? (bid + ask) / 2 : (bid ?? ask ?? null))
}

/** Exits of a bracket at so many ticks from the entry; NaN or 0 ticks: none. */
export function exitsAt(
  { side, at, tickSize }: { readonly side: 'buy' | 'sell'; readonly at: number; readonly tickSize: number },
  ticks: { readonly target: number; readonly stop: number },
): { readonly target: number | null; readonly stop: number | null } {
  const way = side === 'buy' ? 1 : -1
  const exit = (distance: number) => (distance > 0 ? priceOf(Math.round(at / tickSize) + distance, tickSize) : null)
  const against = (distance: number) => (distance > 0 ? priceOf(Math.round(at / tickSize) - distance, tickSize) : null)
  return way === 1
    ? { target: exit(ticks.target), stop: against(ticks.stop) }
    : { target: against(ticks.target), stop: exit(ticks.stop) }
}
