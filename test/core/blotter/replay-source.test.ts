import { expect, test } from 'vitest'
import { createReplaySource, type RecordedMarket } from '../../../core/blotter/replay-source.ts'
import type { InstrumentId } from '../../../core/domain/ids.ts'
import type { MarketKind, MarketMessage } from '../../../core/domain/market-message.ts'
import { bar, tick } from './messages.ts'
import { simulatedTime } from './simulated-time.ts'

const week = 7 * 86_400_000
const recordedAt = Date.UTC(2024, 0, 3, 14, 30)
const today = Date.UTC(2026, 10, 27, 12)

/** Plays what is recorded by symbol, in parts of two. */
function playing(records: Readonly<Record<string, readonly MarketMessage[]>>, speed = 1) {
  const time = simulatedTime(today)
  const recorded: RecordedMarket = {
    async *read(symbol) {
      const messages = records[symbol] ?? []
      for (let at = 0; at < messages.length; at += 2) yield messages.slice(at, at + 2)
    },
    describe: async () => null,
  }
  const every = (everyMs: number, call: () => void) => {
    let end = () => {}
    const next = () => {
      end = time.after(everyMs, () => {
        next()
        call()
      })
    }
    next()
    return () => end()
  }
  const source = createReplaySource({ name: 'record', speed, from: null, to: null }, { now: time.now, every, recorded })
  const heard: MarketMessage[] = []
  const told: string[] = []
  const kinds = new Set<MarketKind>(['tick', 'bar'])
  const subscribe = (id: string, symbol: string) => source.subscribe({ id: id as InstrumentId, symbol }, kinds)
  const start = () =>
    source.start({
      message: (message) => heard.push(message),
      state: ({ kind }) => told.push(kind),
      gap: () => told.push('gap'),
      trouble: (instrument, { code }) => told.push(`${instrument} ${code}`),
    })
  return { source, subscribe, start, heard, told, time }
}

const prints = (...seconds: number[]) => seconds.map((second) => tick(recordedAt + second * 1000, second))
const played = (heard: readonly MarketMessage[]) =>
  heard.flatMap((message) => (message.kind === 'tick' ? [`${message.instrument} ${message.price}`] : []))

test('comes at the pace of the record, moved by whole weeks to where nothing was yet', async () => {
  const { subscribe, start, heard, told, time } = playing({ X: prints(0, 10, 20, 30, 40) }, 10)
  subscribe('REPLAY-X', 'X')
  start()
  await time.advance(100)
  expect(played(heard)).toEqual(['REPLAY-X 0'])
  const shift = (heard[0]?.time ?? 0) - recordedAt
  expect(shift % week).toBe(0)
  expect(heard[0]?.time).toBeGreaterThanOrEqual(today)
  await time.advance(2_000)
  expect(played(heard)).toEqual(['REPLAY-X 0', 'REPLAY-X 10', 'REPLAY-X 20'])
  await time.advance(5_000)
  expect(heard.map((message) => message.time - shift - recordedAt)).toEqual([0, 10_000, 20_000, 30_000, 40_000])
  expect(told).toEqual(['live', 'stopped'])
})

test('several instruments keep their order among each other, and a bar comes at its close', async () => {
  const closed = { ...bar(recordedAt + 5_000, { close: 7 }), closeTime: recordedAt + 15_000 } as MarketMessage
  const { subscribe, start, heard, time } = playing({ X: prints(0, 10, 20), Y: prints(5, 12), Z: [closed] }, 100)
  for (const id of ['X', 'Y', 'Z']) subscribe(`REPLAY-${id}`, id)
  start()
  await time.advance(1_000)
  expect(heard.map(({ instrument, kind }) => `${instrument.slice(7)} ${kind}`)).toEqual([
    ...['X tick', 'Y tick', 'X tick', 'Y tick', 'Z bar', 'X tick'],
  ])
  const [first] = heard
  const last = heard.find(({ kind }) => kind === 'bar')
  if (last?.kind !== 'bar' || first === undefined) throw new Error('no bar')
  expect(last.closeTime - first.time).toBe(15_000)
  expect(last.time - first.time).toBe(5_000)
})

test('an instrument of the market is never written by a record', async () => {
  const { subscribe, start, heard, told, time } = playing({ X: prints(0) })
  subscribe('X', 'X')
  start()
  await time.advance(1_000)
  expect(heard).toEqual([])
  expect(told).toContain('X replay.own-name')
})

test('nothing comes after it was stopped', async () => {
  const { source, subscribe, start, heard, time } = playing({ X: prints(0, 1, 2, 3) })
  subscribe('REPLAY-X', 'X')
  start()
  await time.advance(1_100)
  const count = heard.length
  await source.stop()
  await time.advance(10_000)
  expect(heard).toHaveLength(count)
  expect(count).toBeGreaterThan(0)
})
