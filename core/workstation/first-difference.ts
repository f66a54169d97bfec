import type { RunTable } from '../stores/run-store.ts'

/** One side of an event in which two runs differ. */
interface EventSide {
  readonly text: string
  readonly order: number | null
}

/** The first event in which two runs differ. */
export interface FirstEvent {
  readonly kind: 'order' | 'fill'
  readonly time: number
  /** When the order behind it was decided. */
  readonly decided: number
  readonly instrument: string
  readonly a: EventSide
  readonly b: EventSide
}

interface RunEvent {
  readonly kind: 'order' | 'fill'
  readonly time: number
  readonly decided: number
  readonly instrument: string
  readonly text: string
  readonly order: number
}

interface EventTables {
  readonly orders: RunTable
  readonly fills: RunTable
}

/** Walks orders and fills of two runs in the order of time; null when they are the same. */
export function firstDifferingEvent(a: EventTables, b: EventTables): FirstEvent | null {
  const [left, right] = [eventsOf(a), eventsOf(b)]
  const length = Math.max(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const [one, other] = [left[index], right[index]]
    if (one !== undefined && other !== undefined && sameEvent(one, other)) continue
    return difference(one, other)
  }
  return null
}

function sameEvent(a: RunEvent, b: RunEvent): boolean {
  return a.kind === b.kind && a.time === b.time && a.instrument === b.instrument && a.text === b.text
}

/** Where two events do not belong together, the earlier one is the difference: the other run has nothing there. */
function difference(a: RunEvent | undefined, b: RunEvent | undefined): FirstEvent | null {
  const belong = a !== undefined && b !== undefined && a.time === b.time && a.kind === b.kind
  const first = b === undefined || (a !== undefined && a.time <= b.time) ? a : b
  if (first === undefined) return null
  const side = (event: RunEvent | undefined): EventSide =>
    event !== undefined && (belong || event === first)
      ? { text: event.text, order: event.order }
      : { text: '', order: null }
  const { kind, time, decided, instrument } = first
  return { kind, time, decided, instrument, a: side(a), b: side(b) }
}

function eventsOf({ orders, fills }: EventTables): RunEvent[] {
  const events: RunEvent[] = []
  for (let row = 0; row < orders.rows; row++) {
    const cell = cells(orders, row)
    events.push({
      kind: 'order',
      time: cell.number('createdTime'),
      decided: cell.number('createdTime'),
      instrument: cell.text('instrument'),
      text: orderText(cell),
      order: row + 1,
    })
  }
  for (let row = 0; row < fills.rows; row++) {
    const cell = cells(fills, row)
    const order = cell.number('order')
    const side = cell.number('side') > 0 ? 'buy' : 'sell'
    events.push({
      kind: 'fill',
      time: cell.number('time'),
      decided: orders.columns.createdTime?.[order - 1] ?? Number.NaN,
      instrument: cell.text('instrument'),
      text: `${side} ${cell.number('quantity')} @ ${cell.number('price')} fee ${cell.number('fee')}`,
      order,
    })
  }
  // A fill is stamped with the open of its bar, which is the close on which its order was made
  const rank = { order: 0, fill: 1 } as const
  return events.sort((a, b) => a.time - b.time || rank[a.kind] - rank[b.kind] || a.order - b.order)
}

function orderText(cell: ReturnType<typeof cells>): string {
  const side = cell.number('side') > 0 ? 'buy' : 'sell'
  const prices = (['stop', 'limit'] as const)
    .filter((name) => !Number.isNaN(cell.number(name)))
    .map((name) => ` ${name} ${cell.number(name)}`)
  return `${side} ${cell.number('quantity')} ${cell.text('type')}${prices.join('')}`
}

function cells({ columns, texts }: RunTable, row: number) {
  const number = (name: string) => columns[name]?.[row] ?? Number.NaN
  return { number, text: (name: string) => texts[name]?.[number(name)] ?? '' }
}
