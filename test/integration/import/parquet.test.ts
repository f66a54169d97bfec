import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aService, plainColumns, type RunningService } from '../../helpers/a-service.ts'

describe('Parquet', () => {
  let running: RunningService
  beforeAll(async () => {
    running = await aService()
  })
  afterAll(() => running.close())

  const file = (name: string) => join(running.home, name)
  const inspect = async (path: string) => (await running.call('import.inspect', { path, recipe: null })).reply
  const importAs = async (path: string, id: string, zone = 'UTC') => {
    const { recipe, suggestedInstrument } = await inspect(path)
    const instrument = { ...suggestedInstrument, id, symbol: id, zone }
    await running.ended((await running.call('import.start', { path, recipe: { ...recipe, zone }, instrument })).job)
  }
  const bars = async (instrument: string) => {
    const wanted = { instrument, interval: '1d', from: null, to: null, maxBars: 0 }
    return plainColumns((await running.call('bars.read', wanted)).columns)
  }

  it.each(['parquet', 'csv'])('.%s takes bars out and in again with every bit', async (ending) => {
    const path = file(`spx.${ending}`)
    const what = { kind: 'bars', interval: '1d' } as const
    const written = await running.call('data.export', { instrument: 'SPX', what, from: null, to: null, path })
    expect(written.bytes).toBe(readFileSync(path).length)
    // Days are those of the exchange
    await importAs(path, `SPX-${ending.toUpperCase()}`, 'America/New_York')
    const [before, after] = [await bars('SPX'), await bars(`SPX-${ending.toUpperCase()}`)]
    for (const name of ['open', 'high', 'low', 'close', 'volume']) expect(after[name], name).toEqual(before[name])
    expect(after.time).toEqual(before.time)
  })

  it('of other programs is read: other names, microseconds, integers, strings', async () => {
    const days = [2, 3, 4, 5, 8].map((day) => Date.UTC(2024, 0, day))
    const path = file('other.parquet')
    const content = parquetWriteBuffer({
      schema: [
        { name: 'root', num_children: 7 },
        { name: 'symbol', type: 'BYTE_ARRAY', converted_type: 'UTF8' },
        { name: 'date', type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
        ...['open', 'high', 'low', 'close'].map((name) => ({ name, type: 'FLOAT' as const })),
        { name: 'volume', type: 'INT64' },
      ],
      columnData: [
        { name: 'symbol', data: days.map(() => 'ACME') },
        { name: 'date', data: days.map((day) => BigInt(day) * 1000n) },
        { name: 'open', data: [10, 11, 12, 13, 14] },
        { name: 'high', data: [11, 12, 13, 14, 15] },
        { name: 'low', data: [9, 10, 11, 12, 13] },
        { name: 'close', data: [10.5, 11.5, 12.5, 13.5, 14.5] },
        { name: 'volume', data: [1n, 2n, 3n, 4n, 5n] },
      ],
    } as Parameters<typeof parquetWriteBuffer>[0])
    writeFileSync(path, new Uint8Array(content))
    await importAs(path, 'ACME')
    const read = await bars('ACME')
    expect(read.time).toEqual(days)
    expect(read.close).toEqual([10.5, 11.5, 12.5, 13.5, 14.5])
    expect(read.volume).toEqual([1, 2, 3, 4, 5])
  })

  it('that is damaged is refused with what is wrong, and nothing is stored', async () => {
    const path = file('torn.parquet')
    writeFileSync(path, readFileSync(file('spx.parquet')))
    truncateSync(path, 4_000)
    await expect(inspect(path)).rejects.toMatchObject({
      ...{ code: 'import.file-unreadable', data: { path, reason: expect.stringMatching(/^Parquet: /) } },
    })
  })

  it('is not written where it cannot be, and no half file is left', async () => {
    const what = { kind: 'bars', interval: '1d' } as const
    const wanted = { instrument: 'SPX', what, from: null, to: null }
    const nowhere = file('no/such/folder.parquet')
    await expect(running.call('data.export', { ...wanted, path: nowhere })).rejects.toMatchObject({
      ...{ code: 'export.failed', data: { path: nowhere, reason: 'ENOENT' } },
    })
    await expect(running.call('data.export', { ...wanted, path: file('spx.xls') })).rejects.toMatchObject({
      ...{ code: 'export.failed', data: { reason: '.parquet or .csv' } },
    })
  })
})
