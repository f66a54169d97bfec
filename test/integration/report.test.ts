import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Takes } from '../../core/contract/contract.ts'
import { zipOf } from '../../core/node/reports/zip.ts'
import { aService, crossConfig, type RunningService } from '../helpers/a-service.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let service: RunningService
let run: Awaited<ReturnType<RunningService['backtest']>>
beforeAll(async () => {
  service = await aService()
  run = await service.backtest({ cash: 1_000_000 })
})
afterAll(() => service.close())

const options = (more: Partial<Takes<'run.report'>> = {}): Takes<'run.report'> => ({
  run: run.summary.id,
  benchmark: null,
  riskFree: 0,
  periodsPerYear: 252,
  ...more,
})
const file = (name: string) => join(service.home, 'reports', name)

describe('the report of a stored run', () => {
  test('has the headline figures of its summary, and every bar and fill of the run', async () => {
    const sheet = await service.call('run.report', options())
    for (const [id, value] of Object.entries(run.summary.metrics)) {
      if (value === null) expect([id, sheet.metrics[id]]).toEqual([id, null])
      else expect([id, sheet.metrics[id]]).toEqual([id, expect.closeTo(value, 9)])
    }
    expect(sheet.rows).toMatchObject({ equity: run.summary.counts.bars, fills: run.summary.counts.fills })
    expect(sheet.metrics.funding).toBe(0)
  })
  test('against the instrument that it traded', async () => {
    const sheet = await service.call('run.report', options({ benchmark: 'SPX' }))
    expect(sheet.rows.benchmark).toBe(sheet.rows.returns)
    expect(sheet.metrics.correlation).toBeGreaterThan(0)
    const { columns } = await service.call('bars.read', {
      instrument: 'SPX',
      interval: '1d',
      from: null,
      to: null,
      maxBars: 0,
    })
    const total = (columns.close?.at(-1) ?? 0) / (columns.open?.[0] ?? 0) - 1
    expect(sheet.metrics['benchmark-return']).toBeCloseTo(total, 9)
  })
  test('twice the same', async () => {
    expect(await service.call('run.report', options())).toEqual(await service.call('run.report', options()))
  })
  test('knows how often its idea was tried, and what of its Sharpe ratio is luck', async () => {
    expect((await service.call('run.report', options())).metrics['deflated-sharpe']).toBeNull()
    const { job } = await service.call('optimise.start', {
      config: {
        run: { ...crossConfig, cash: 1_000_000 },
        space: {
          fast: { kind: 'range', from: 4, to: 12, step: 4 },
          slow: { kind: 'range', from: 20, to: 40, step: 20 },
        },
        where: '',
        objectives: [{ metric: 'sharpe', goal: 'max', weight: 1 }],
        ...{ combination: 'weighted', method: 'grid', trials: 10, seed: 1, walkForward: null },
      },
      workers: null,
    })
    await service.ended(job)
    const { metrics } = await service.call('run.report', options())
    expect(metrics['trial-count']).toBe(6)
    expect(metrics['luck-sharpe']).toBeGreaterThan(0)
    expect(metrics['deflated-sharpe']).toBeLessThan(metrics['probabilistic-sharpe'] ?? 0)
  })
  test('of an unknown run or benchmark says so', async () => {
    await expect(service.call('run.report', options({ run: 'run-0' }))).rejects.toMatchObject({ code: 'run.unknown' })
    await expect(service.call('run.report', options({ benchmark: 'NONE' }))).rejects.toMatchObject({
      code: 'instrument.unknown',
    })
  })
})

describe('the report as files', () => {
  const exported = (format: 'html' | 'csv' | 'json', path: string | null) =>
    service.call('run.export', { ...options(), format, language: 'en', path })

  test('HTML and JSON, in the answer and on disk alike', async () => {
    const answer = await exported('html', null)
    expect(answer).toMatchObject({ mediaType: 'text/html', encoding: 'utf-8', path: null })
    expect(answer.name).toMatch(/^cross-SPX-.*\.html$/)
    const written = await exported('html', file('r.html'))
    expect(readFileSync(file('r.html'), 'utf8')).toBe(answer.content)
    expect(written).toMatchObject({ path: file('r.html'), content: '', bytes: answer.bytes })
    await exported('json', file('r.json'))
    expect(JSON.parse(readFileSync(file('r.json'), 'utf8'))).toMatchObject({ version: 1, capsule: { version: 1 } })
  })
  test('CSV: a folder, an archive, or the trades alone', async () => {
    await exported('csv', file('tables'))
    expect(readdirSync(file('tables'))).toEqual(expect.arrayContaining(['trades.csv', 'equity.csv', 'metrics.csv']))
    await exported('csv', file('trades.csv'))
    expect(readFileSync(file('trades.csv'), 'utf8')).toBe(readFileSync(join(file('tables'), 'trades.csv'), 'utf8'))
    await exported('csv', file('all.zip'))
    const zip = await exported('csv', null)
    expect(Buffer.from(zip.content, 'base64').equals(readFileSync(file('all.zip')))).toBe(true)
  })
  test('a place that cannot be written to is named', async () => {
    expect(existsSync(file('r.html'))).toBe(true)
    await expect(exported('html', join(file('r.html'), 'below.html'))).rejects.toMatchObject({
      code: 'report.not-written',
    })
  })
})

test('an archive holds its files unchanged', () => {
  const zip = zipOf({ 'a.csv': 'x,y\r\n', 'é.csv': '1' })
  expect(zip.readUInt32LE(0)).toBe(0x04034b50)
  const [packed, size, name] = [zip.readUInt32LE(18), zip.readUInt32LE(22), zip.readUInt16LE(26)]
  const content = inflateRawSync(zip.subarray(30 + name, 30 + name + packed))
  expect([content.toString(), size]).toEqual(['x,y\r\n', 5])
  expect(zip.readUInt16LE(zip.length - 22 + 10)).toBe(2)
})
