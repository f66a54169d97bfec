import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBarSeries, sliceBars } from '../../../core/domain/bar-series.ts'
import type { Stores } from '../../../core/stores/stores.ts'
import { capsule, columnsOf, instrument, minute, minuteBars, newRun, runConfig, runResult } from './builders.ts'
import { describeMarket } from './market-contract.ts'
import { describeOptimisations } from './optimisation-contract.ts'

interface OpenedStores {
  readonly stores: Stores
  close(): Promise<void> | void
}

/** What every kind of store promises; `open` gives an empty one whose clock, if it has one of its own, only advances. */
export function describeStores(kind: string, open: () => Promise<OpenedStores>): void {
  describe(kind, () => {
    let opened: OpenedStores
    beforeEach(async () => {
      opened = await open()
    })
    afterEach(async () => {
      await opened.close()
    })
    describe('bars', () => describeBars(() => opened.stores))
    describe('market', () => describeMarket(() => opened.stores))
    describe('instruments and settings', () => describeRecords(() => opened.stores))
    describe('runs', () => describeRuns(() => opened.stores))
    describe('optimisations', () => describeOptimisations(() => opened.stores))
  })
}

const start = 1_700_000_040_000

function describeBars(stores: () => Stores): void {
  test('bars come back bit for bit, over shared memory', async () => {
    const bars = minuteBars(start, 9_000, (index) =>
      index === 5_000 ? { open: -0, volume: Number.NaN, high: 1e308 } : {},
    )
    const result = await stores().bars.upsert('SPX', '1m', bars, 'spx.csv')
    expect(result).toMatchObject({ added: 9_000, changed: 0, unchanged: 0 })
    const read = await stores().bars.read('SPX', '1m', null, null)
    expect(columnsOf(read)).toEqual(columnsOf(bars))
    expect(read.close.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test('the hash depends on the bars alone, not on the order in which they were written', async () => {
    const bars = minuteBars(start, 9_000)
    const { hash } = await stores().bars.upsert('ONCE', '1m', bars, 'a')
    await stores().bars.upsert('PARTS', '1m', sliceBars(bars, 6_000, 9_000), 'b')
    await stores().bars.upsert('PARTS', '1m', sliceBars(bars, 100, 6_100), 'b')
    const last = await stores().bars.upsert('PARTS', '1m', sliceBars(bars, 0, 200), 'b')
    expect(last).toEqual({ added: 100, changed: 0, unchanged: 100, hash })
    // Computed by Python's struct and hashlib from the definition at `seriesHash`: the same figure for every kind.
    expect(hash).toBe('e475c28bcd44983b979f595d22255f9265fc58143331b8ff3125629915841cdc')
  })

  test('writing the same bars again changes nothing, not even the date of the last change', async () => {
    const bars = minuteBars(start, 5_000)
    const first = await stores().bars.upsert('SPX', '1m', bars, 'a.csv')
    const before = await stores().bars.coverage()
    const again = await stores().bars.upsert('SPX', '1m', bars, 'b.csv')
    expect(again).toEqual({ added: 0, changed: 0, unchanged: 5_000, hash: first.hash })
    expect(await stores().bars.coverage()).toEqual(before)
  })

  test('a corrected bar replaces the stored one and is counted as changed', async () => {
    await stores().bars.upsert('SPX', '1m', minuteBars(start, 5_000), 'a')
    const correction = minuteBars(start + 4_500 * minute, 2, () => ({ close: 1, openInterest: 7 }))
    const result = await stores().bars.upsert('SPX', '1m', correction, 'b')
    expect(result).toMatchObject({ added: 0, changed: 2, unchanged: 0 })
    const read = await stores().bars.read('SPX', '1m', start + 4_499 * minute, start + 4_503 * minute)
    expect([...read.close].map((close) => close === 1)).toEqual([false, true, true, false])
    expect([...read.openInterest]).toEqual([Number.NaN, 7, 7, Number.NaN])
  })

  test('a period holds the bars that open in it: the start counts, the end does not', async () => {
    await stores().bars.upsert('SPX', '1m', minuteBars(start, 5_000), 'a')
    const times = async (from: number | null, to: number | null) => {
      const { time, length } = await stores().bars.read('SPX', '1m', from, to)
      return length === 0 ? [] : [length, time[0], time[length - 1]]
    }
    expect(await times(start + minute, start + 3 * minute)).toEqual([2, start + minute, start + 2 * minute])
    expect(await times(start + 1, null)).toEqual([4_999, start + minute, start + 4_999 * minute])
    expect(await times(null, start + 4_097 * minute)).toEqual([4_097, start, start + 4_096 * minute])
    expect(await times(start + 5_000 * minute, null)).toEqual([])
    expect(await times(start + 5, start + 5)).toEqual([])
    expect(await times(start + 9 * minute, start + 3 * minute)).toEqual([])
  })

  test('coverage tells count, first open, last close, source and hash of each series', async () => {
    const { hash } = await stores().bars.upsert('SPX', '1m', minuteBars(start, 10), 'spx.csv')
    await stores().bars.upsert('AAA', '1d', minuteBars(start, 1), 'x')
    const [first, second, ...rest] = await stores().bars.coverage()
    expect(first).toMatchObject({ instrument: 'AAA', interval: '1d', bars: 1 })
    const { updatedAt, ...series } = second as NonNullable<typeof second>
    expect(series).toEqual({
      instrument: 'SPX',
      interval: '1m',
      bars: 10,
      from: start,
      to: start + 10 * minute,
      hash,
      source: 'spx.csv',
    })
    expect(updatedAt).toBeGreaterThan(0)
    expect(rest).toEqual([])
  })

  test('deleting takes one interval or the whole instrument and says whether there was any', async () => {
    for (const interval of ['1m', '1h']) await stores().bars.upsert('SPX', interval, minuteBars(start, 5), 'a')
    await stores().bars.upsert('AAA', '1m', minuteBars(start, 5), 'a')
    expect(await stores().bars.delete('SPX', '1m')).toBe(true)
    expect((await stores().bars.coverage()).map((one) => `${one.instrument} ${one.interval}`)).toEqual([
      'AAA 1m',
      'SPX 1h',
    ])
    expect(await stores().bars.delete('SPX', null)).toBe(true)
    expect(await stores().bars.delete('SPX', null)).toBe(false)
    expect((await stores().bars.read('SPX', '1h', null, null)).length).toBe(0)
  })

  test('names that differ only in case are different instruments', async () => {
    await stores().bars.upsert('es', '1m', minuteBars(start, 1), 'a')
    await stores().bars.upsert('ES', '1m', minuteBars(start, 2), 'a')
    expect((await stores().bars.read('es', '1m', null, null)).length).toBe(1)
  })

  test('an empty write and an unknown series are no bars, no error', async () => {
    expect(await stores().bars.upsert('SPX', '1m', createBarSeries(0), 'a')).toMatchObject({ added: 0, unchanged: 0 })
    expect(await stores().bars.coverage()).toEqual([])
    expect((await stores().bars.read('SPX', '1m', null, null)).length).toBe(0)
  })

  test('bars that do not ascend are refused and nothing of them is kept', async () => {
    const bars = minuteBars(start, 10, (index) => (index === 7 ? { time: start } : {}))
    await expect(stores().bars.upsert('SPX', '1m', bars, 'a')).rejects.toThrow(/does not ascend/)
    expect(await stores().bars.coverage()).toEqual([])
  })
}

function describeRecords(stores: () => Stores): void {
  test('instruments are listed by id, replaced by id and deleted by id', async () => {
    await stores().instruments.put(instrument('SPX', { kind: 'index', tickSize: 0.25, simulated: true }))
    await stores().instruments.put(instrument('AAA'))
    await stores().instruments.put(instrument('AAA', { name: 'Renamed' }))
    expect(await stores().instruments.list()).toEqual([
      instrument('AAA', { name: 'Renamed' }),
      instrument('SPX', { kind: 'index', tickSize: 0.25, simulated: true }),
    ])
    expect(await stores().instruments.get('AAA')).toEqual(instrument('AAA', { name: 'Renamed' }))
    expect(await stores().instruments.delete('AAA')).toBe(true)
    expect(await stores().instruments.delete('AAA')).toBe(false)
    expect(await stores().instruments.get('AAA')).toBeNull()
  })

  test('a setting keeps any JSON and is null when nobody set it', async () => {
    const layout = { panels: ['图表', null, { open: true }], width: 0.1 }
    expect(await stores().settings.get('layout')).toBeNull()
    await stores().settings.set('layout', 'old')
    await stores().settings.set('layout', layout)
    expect(await stores().settings.get('layout')).toEqual(layout)
    expect(await stores().settings.delete('layout')).toBe(true)
    expect(await stores().settings.delete('layout')).toBe(false)
    expect(await stores().settings.get('layout')).toBeNull()
  })
}

function describeRuns(stores: () => Stores): void {
  const ids = async (search: string, limit = 100, offset = 0) => {
    const { runs, total } = await stores().runs.list({ search, limit, offset })
    return [total, ...runs.map((run) => run.id)]
  }

  test('a run is running until it is finished, then holds everything it was given', async () => {
    const created = await stores().runs.create(newRun('run-1'))
    expect(created).toMatchObject({ id: 'run-1', state: 'running', durationMs: 0, metrics: {}, error: null, note: '' })
    expect((await stores().runs.get('run-1')).capsule.resultHash).toBeNull()
    const finished = await stores().runs.finish('run-1', runResult())
    expect(finished).toMatchObject({ state: 'done', durationMs: 12.5, metrics: { netProfit: 12.25, sharpe: null } })
    expect(await stores().runs.get('run-1')).toEqual({
      summary: finished,
      capsule: capsule(runConfig(), { resultHash: 'beef' }),
      log: [{ time: 1, kind: 'notify', text: '买入 100' }],
      recorded: ['trend'],
    })
  })

  test('the tables of a run come back bit for bit; one that was not given has no rows', async () => {
    await stores().runs.create(newRun('run-1'))
    await stores().runs.finish('run-1', runResult())
    for (const [name, table] of Object.entries(runResult().tables)) {
      expect(await stores().runs.columns('run-1', name as 'equity')).toEqual(table)
    }
    expect(await stores().runs.columns('run-1', 'orders')).toEqual({ rows: 0, columns: {}, texts: {} })
  })

  test('a failed run keeps its reason, a cancelled run has none, and both keep their log', async () => {
    const error = { code: 'strategy.exception', data: { line: 3, message: 'x' } } as const
    const end = { durationMs: 5, log: [{ time: 2, kind: 'log', text: 'half way' }] } as const
    await stores().runs.create(newRun('run-1'))
    await stores().runs.create(newRun('run-2'))
    expect(await stores().runs.fail('run-1', error, end)).toMatchObject({ state: 'failed', durationMs: 5, error })
    expect(await stores().runs.cancel('run-2', end)).toMatchObject({ state: 'cancelled', error: null })
    expect((await stores().runs.get('run-1')).log).toEqual(end.log)
    expect((await stores().runs.get('run-2')).log).toEqual(end.log)
  })

  test('a run ends once, and a run that does not exist is unknown to every call', async () => {
    await stores().runs.create(newRun('run-1'))
    await stores().runs.finish('run-1', runResult())
    const unknown = { code: 'run.unknown' }
    await expect(stores().runs.finish('run-1', runResult())).rejects.toMatchObject(unknown)
    await expect(stores().runs.cancel('run-1', { durationMs: 0, log: [] })).rejects.toMatchObject(unknown)
    for (const call of [
      () => stores().runs.get('run-9'),
      () => stores().runs.columns('run-9', 'equity'),
      () => stores().runs.annotate('run-9', ''),
      () => stores().runs.delete('run-9'),
      () => stores().runs.finish('run-9', runResult()),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'run.unknown', data: { run: 'run-9' } })
    }
  })

  test('runs are listed newest first, page by page, with the count of all', async () => {
    for (const index of [2, 0, 1, 3]) {
      await stores().runs.create(newRun(`run-${index}`, { createdAt: 1_000 + Math.min(index, 2) }))
    }
    expect(await ids('')).toEqual([4, 'run-3', 'run-2', 'run-1', 'run-0'])
    expect(await ids('', 2, 1)).toEqual([4, 'run-2', 'run-1'])
    expect(await ids('', 2, 4)).toEqual([4])
  })

  test('a search finds strategy, instrument, parameter and note in any case, every word of it', async () => {
    await stores().runs.create(
      newRun('run-1', { config: runConfig({ instruments: ['SPX', 'GOLD'], params: { fast: 7 } }) }),
    )
    await stores().runs.create(newRun('run-2', { strategyName: 'rsi.ts', config: runConfig({ instruments: ['NDX'] }) }))
    await stores().runs.annotate('run-2', "Nach Änderung 100% 黄金 it's_ok")
    expect(await ids('gold')).toEqual([1, 'run-1'])
    expect(await ids('SMA fast=7')).toEqual([1, 'run-1'])
    expect(await ids('rsi fast=7')).toEqual([0])
    expect(await ids('änderung 100% 黄金')).toEqual([1, 'run-2'])
    expect(await ids("it's_ok")).toEqual([1, 'run-2'])
    expect(await ids('%')).toEqual([1, 'run-2'])
    expect(await ids("' OR 1=1 --")).toEqual([0])
  })

  test('a note is kept with the run and survives its end', async () => {
    await stores().runs.create(newRun('run-1'))
    expect((await stores().runs.annotate('run-1', 'keep')).note).toBe('keep')
    expect((await stores().runs.finish('run-1', runResult())).note).toBe('keep')
    expect((await stores().runs.get('run-1')).summary.note).toBe('keep')
  })

  test('a deleted run is gone with its tables, and its id can be used again', async () => {
    await stores().runs.create(newRun('run-1'))
    await stores().runs.finish('run-1', runResult())
    await stores().runs.delete('run-1')
    expect(await ids('')).toEqual([0])
    await stores().runs.create(newRun('run-1'))
    expect((await stores().runs.columns('run-1', 'equity')).rows).toBe(0)
  })
}
