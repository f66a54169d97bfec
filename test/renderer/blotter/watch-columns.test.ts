import type { TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import { ageOf, staleMs, type WatchRow, watchColumns } from '../../../renderer/features/blotter/watch-columns.ts'

const at = 1_795_708_200_000
const none: WatchRow = {
  ...{ instrument: 'ES', last: null, lastSize: null, lastTime: null, reference: null },
  ...{ bid: null, ask: null, bidSize: null, askSize: null, quoteTime: null, barTime: null },
}
const live: WatchRow = {
  ...{ instrument: 'ES', last: 5_001.25, lastSize: 3, lastTime: at - 2_000, reference: 5_000 },
  ...{ bid: 5_001, ask: 5_001.25, bidSize: 4, askSize: 9, quoteTime: at - 1_000, barTime: null },
}

function shown(row: WatchRow) {
  const t = ((key: string) => key) as unknown as TFunction<'data'>
  const columns = watchColumns([row], { at, instruments: [{ id: 'ES', tickSize: 0.25 }], t })
  return Object.fromEntries(columns.map(({ id, text, tone }) => [id, [text(0), tone?.(0)]]))
}

describe('the watch list', () => {
  it('shows prices with the digits of the tick, the change in its colour, and the age', () => {
    expect(shown(live)).toMatchObject({
      last: ['5,001.25', undefined],
      change: ['+0.03%', 'profit'],
      spread: ['0.25', undefined],
      age: ['2.0 s', undefined],
    })
  })

  it('greys what is old, each figure by its own time', () => {
    const old = shown({ ...live, lastTime: at - staleMs - 1 })
    expect([old.last?.[1], old.change?.[1], old.bid?.[1]]).toEqual(['muted', 'muted', undefined])
  })

  it('shows a dash where nothing was heard, never 0', () => {
    const cells = shown(none)
    for (const id of ['last', 'change', 'size', 'bid', 'ask', 'spread', 'age']) expect(cells[id]?.[0]).toBe('–')
  })

  it('takes a source’s clock that is ahead for no age at all', () => {
    expect(ageOf(at + 500, at)).toBe(0)
  })
})
