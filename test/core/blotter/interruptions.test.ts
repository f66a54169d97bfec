import { expect, test } from 'vitest'
import { Blotter } from '../../../core/blotter/blotter.ts'
import { defaultCleaning } from '../../../core/blotter/cleaning-rules.ts'
import type { InstrumentWish } from '../../../core/blotter/instrument-feed.ts'
import type { MarketSource, SourceListener } from '../../../core/blotter/market-source.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { bar, gold, tick } from './messages.ts'

const minute = 60_000
const start = Date.UTC(2026, 0, 5, 10)

/** A blotter over a source that a test speaks for; the periods that are to be fetched, and a clock that is told. */
function listening(kinds: InstrumentWish['kinds'], spikeFactor = 0) {
  const clock = { now: start }
  const fetched: number[] = []
  const said: { source?: SourceListener; pass?: () => void } = {}
  const source: MarketSource = {
    ...{ name: 'venue', streams: new Set(kinds), history: null, subscribe: () => undefined },
    start: (listener) => {
      said.source = listener
    },
    find: async () => [],
    stop: async () => undefined,
  }
  const blotter = new Blotter({
    stores: createMemoryStores({ clock: { now: () => clock.now }, sha256: () => '' }),
    now: () => clock.now,
    every: (_, call) => {
      said.pass = call
      return () => undefined
    },
    rulesOf: () => ({ limits: { ...defaultCleaning, spikeFactor }, zone: 'UTC', graceMs: 500 }),
    missed: (_, since) => fetched.push(since),
    trouble: () => undefined,
  })
  const instrument = { id: gold, symbol: 'GC' }
  blotter.start(
    [source],
    [{ instrument, source: 'venue', kinds, intervals: ['1m'], record: ['bar'], retentionDays: null }],
  )
  fetched.length = 0
  return { clock, fetched, venue: said.source as SourceListener, pass: () => said.pass?.() }
}

/** The connection is lost now and back after a minute; the source says that it was last heard `heardAgo` before. */
function interrupt({ clock, venue, pass }: ReturnType<typeof listening>, heardAgo: number): void {
  const since = clock.now - heardAgo
  venue.state({ kind: 'connecting', attempt: 1 })
  clock.now += minute
  pass()
  venue.state({ kind: 'live' })
  venue.gap([gold], since)
}

test('a loss within the grace of a bar fetches that bar too: its last print was heard, the bar was not told', () => {
  const blotter = listening(['tick', 'quote'])
  blotter.venue.message(tick(start + 59_000, 100))
  blotter.clock.now = start + minute + 200
  interrupt(blotter, 0)
  expect(blotter.fetched).toEqual([start + 59_000])
})

test('a print that the cleaner held until after the loss does not move the beginning of the gap', () => {
  const blotter = listening(['tick'], 4)
  for (let second = 0; second < 58; second++)
    blotter.venue.message(tick(start + second * 1_000, 100 + (second % 2) / 10))
  blotter.venue.message(tick(start + minute + 100, 900))
  blotter.clock.now = start + minute + 200
  interrupt(blotter, 0)
  expect(blotter.fetched).toEqual([start + 57_000])
})

test('each interruption is asked for by itself; without prints the source is taken at its word', () => {
  const blotter = listening(['tick'])
  interrupt(blotter, 5_000)
  blotter.venue.message(tick(blotter.clock.now + 1_000, 100))
  blotter.clock.now += 30_000
  interrupt(blotter, 0)
  expect(blotter.fetched).toEqual([start - 5_000, start + minute + 1_000])
})

test('of a source that sends bars the gap begins with the end of the last one', () => {
  const blotter = listening(['bar'])
  blotter.venue.message(bar(start))
  blotter.clock.now = start + 2 * minute + 200
  interrupt(blotter, 100)
  expect(blotter.fetched).toEqual([start + minute])
})
