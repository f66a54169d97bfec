import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createImportWorker, type ImportWorker } from '../../../core/node/import/import-client.ts'
import { importFile, inspectFile } from '../../../core/node/import/import-file.ts'

const text = 'date,open,high,low,close,volume\n2020-01-02,10,12,9,11,100\n2020-01-03,11,13,10,12,200\n'
const control = { onProgress: () => undefined, cancelled: () => false }

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tickwright-import-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Minutes of one endless session. */
function manyRows(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const time = new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString().slice(0, 19)
    return `${time}Z,10,12,9,11,${index}\n`
  })
  return `time,open,high,low,close,volume\n${rows.join('')}`
}

describe('files that cannot be read', () => {
  test.each([
    ['a file that is not there', () => join(folder, 'none.csv'), 'import.file-missing'],
    ['a folder', () => folder, 'import.file-unreadable'],
    ['zero bytes', () => file('zero.csv', ''), 'import.empty'],
    [
      'a picture',
      () =>
        file(
          'a.csv',
          Uint8Array.from({ length: 600 }, (_, at) => (at % 5 === 0 ? 0 : at % 256)),
        ),
      'import.file-unreadable',
    ],
    ['a ZIP archive', () => file('a.zip', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0])), 'import.unsupported'],
  ])('%s', async (_, path, code) => {
    const at = path()
    await expect(inspectFile(at, null)).rejects.toMatchObject({ code, data: { path: at } })
  })

  test('a file without permission', async (context) => {
    if (process.getuid?.() === 0) context.skip('root may read every file')
    const path = file('secret.csv', text)
    chmodSync(path, 0)
    await expect(inspectFile(path, null)).rejects.toMatchObject({ code: 'import.file-unreadable' })
  })

  test('a packed file that was cut off', async () => {
    const path = file('cut.csv.gz', gzipSync(manyRows(20_000)))
    const { recipe } = await inspectFile(path, null)
    truncateSync(path, 60_000)
    await expect(importFile(path, recipe, control)).rejects.toMatchObject({ code: 'import.file-unreadable' })
  })

  test('one bad row refuses the whole file, or is left out when the recipe says so', async () => {
    const path = file('bad.csv', `${text}2020-01-06,10,9,9,11,1\n`)
    const { recipe, badRows } = await inspectFile(path, null)
    expect(badRows).toEqual([{ row: 4, column: 'high', reason: 'ohlc', text: '9' }])
    await expect(importFile(path, recipe, control)).rejects.toMatchObject({
      code: 'import.bad-rows',
      data: { path, row: 4, column: 'high', reason: 'ohlc', text: '9', count: 1 },
    })
    const skipped = await importFile(path, { ...recipe, badRows: 'skip' }, control)
    expect([skipped.rows, skipped.series.length, skipped.badRowCount]).toEqual([3, 2, 1])
  })
})

describe('texts in other clothes', () => {
  const utf16 = (value: string) => new Uint8Array(Buffer.from(`\ufeff${value}`, 'utf16le'))
  // “日期,收盘” in GBK.
  const gbk = Buffer.concat([
    Buffer.from([0xc8, 0xd5, 0xc6, 0xda, 0x2c, 0xca, 0xd5, 0xc5, 0xcc]),
    Buffer.from('\n2020-01-02,11\n2020-01-03,12\n'),
  ])
  test.each([
    ['gzip', () => file('b.csv.gz', gzipSync(text)), 'utf-8'],
    ['UTF-16', () => file('b.csv', utf16(text)), 'utf-16le'],
    ['GBK', () => file('b.csv', gbk), 'gbk'],
    ['Latin-1', () => file('b.csv', Buffer.from(text.replace('volume', 'volume,caf\xe9'), 'latin1')), 'latin1'],
  ])('%s', async (_, path, encoding) => {
    const { recipe } = await inspectFile(path(), null)
    expect(recipe.encoding).toBe(encoding)
    const { series } = await importFile(join(folder, encoding === 'utf-8' ? 'b.csv.gz' : 'b.csv'), recipe, control)
    expect([...series.close]).toEqual([11, 12])
  })

  test('a preview shows rows, at most 500 bars, and about how many rows there are', async () => {
    const path = file('IBM minute.csv', manyRows(20_000))
    const preview = await inspectFile(path, null)
    expect(preview.rows[0]).toEqual(['time', 'open', 'high', 'low', 'close', 'volume'])
    expect(preview.bars.length).toBe(500)
    expect(preview.badRows).toEqual([])
    expect(Math.abs(preview.estimatedRows / 20_000 - 1)).toBeLessThan(0.05)
    expect(preview.suggestedInstrument).toMatchObject({ id: 'IBM', tickSize: 1, simulated: false })
  })
})

describe('the import worker', () => {
  const url = pathToFileURL(join(import.meta.dirname, '../../../core/node/import/import-worker.ts'))
  let worker: ImportWorker
  beforeEach(() => {
    worker = createImportWorker(url)
  })
  afterEach(() => worker.close())

  test('bars come back in shared memory, with progress up to the last byte', async () => {
    const path = file('many.csv', manyRows(60_000))
    const { recipe, bytes } = await worker.inspect(path, null)
    const seen: number[] = []
    const { series, rows } = await worker.import(path, recipe, { ...control, onProgress: (done) => seen.push(done) })
    expect([rows, series.length]).toEqual([60_000, 60_000])
    expect(series.close.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(seen.at(-1)).toBe(bytes)
    expect(seen.length).toBeGreaterThan(1)
  })

  test('a failure arrives as the designed error', async () => {
    await expect(worker.inspect(join(folder, 'none.csv'), null)).rejects.toMatchObject({ code: 'import.file-missing' })
  })

  test('giving up stops it', async () => {
    const path = file('many.csv', manyRows(300_000))
    const { recipe } = await worker.inspect(path, null)
    let begun = false
    const running = worker.import(path, recipe, {
      onProgress: () => {
        begun = true
      },
      cancelled: () => begun,
    })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  })

  test('a lost thread fails its call and is replaced by the next', async () => {
    const broken = join(folder, 'broken.mjs')
    writeFileSync(
      broken,
      "import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => process.exit(3))\n",
    )
    const lost = createImportWorker(pathToFileURL(broken))
    await expect(lost.inspect('x', null)).rejects.toMatchObject({ code: 'worker.lost' })
    writeFileSync(broken, `import ${JSON.stringify(url.href)}\n`)
    const path = file('c.csv', text)
    expect((await lost.inspect(path, null)).bars.length).toBe(2)
    await lost.close()
  })
})
