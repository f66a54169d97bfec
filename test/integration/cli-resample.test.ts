import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { terminal } from '../helpers/a-terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickwright-resample-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, ...rows: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${rows.join('\n')}\n`)
  return path
}

const days = file(
  'days.csv',
  'Date,Open,High,Low,Close,Volume',
  '2024-03-27,10,12,9,11,100',
  '2024-03-28,11,13,10,12,200',
  '2024-04-01,12,14,11,13,400',
)
const ticks = file(
  'ticks.csv',
  'Time,Price,Size',
  ...[0, 0, 400, 61_000, 62_000].map(
    (ms, k) => `${new Date(1_704_189_600_000 + ms).toISOString()},${100 + k},${k + 1}`,
  ),
)

interface Answer {
  readonly bars: number
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>
}

async function resample(...words: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await terminal(['resample', ...words, '--json'], { home: folder })
  expect([code, stderr.replace(/^not certain: .*\n/gm, '')]).toEqual([0, ''])
  return JSON.parse(stdout) as Answer
}

async function refusal(...words: readonly string[]): Promise<readonly [number | null, string]> {
  const { code, stderr } = await terminal(['resample', ...words], { home: folder })
  return [code, stderr.replace(/^not certain: .*\n/gm, '').split('\n')[0] ?? '']
}

describe('tickwright resample', () => {
  test('makes weeks of days, known at the last session when the calendar is given', async () => {
    const weeks = await resample(days, '--to', '1w')
    expect(weeks.columns).toMatchObject({ open: [10, 12], close: [12, 13], volume: [300, 400] })
    const known = await resample(days, '--to', '1w', '--session', '09:30-16:00', '--holiday', '2024-03-29')
    expect(known.columns.closeTime?.[0]).toBe(Date.UTC(2024, 2, 28, 16))
  })

  test('counts prints one by one', async () => {
    expect((await resample(ticks, '--to', '2tick')).columns.close).toEqual([101, 103, 104])
    expect((await resample(ticks, '--to', '6volume')).columns.close).toEqual([102, 104])
    expect((await resample(ticks, '--to', '1m')).columns.close).toEqual([102, 104])
  })

  test('speaks backtrader’s and qtpylib’s dialects', async () => {
    const upstream = await resample(days, '--to', '2d', '--profile', 'backtrader')
    expect(upstream.columns.close).toEqual([12, 13])
    expect((await resample(days, '--to', '1D', '--profile', 'qtpylib')).columns.volume).toEqual([
      100, 200, 0, 0, 0, 400,
    ])
  })

  test('filters first, and replays', async () => {
    const filled = await resample(days, '--to', '1d', '--filter', 'calendar-days')
    expect(filled.bars).toBe(6)
    const replayed = await resample(days, '--to', '1w', '--replay')
    expect(replayed.columns).toMatchObject({ number: [0, 0, 1], high: [12, 13, 14], volume: [100, 300, 400] })
  })

  test('says what is wrong', async () => {
    const back = file(
      'back.csv',
      'Date,Open,High,Low,Close',
      '2024-03-28,1,1,1,1',
      '2024-03-27,2,2,2,2',
      '2024-03-29,3,3,3,3',
    )
    expect(await refusal(back, '--to', '1w')).toEqual([1, expect.stringContaining('row 3')])
    const empty = file('empty.csv', 'Date,Open,High,Low,Close')
    expect((await refusal(empty, '--to', '1w'))[0]).toBe(1)
    expect(await refusal(days, '--to', '1h')).toEqual([1, expect.stringContaining('bars cannot be made finer')])
    expect(await refusal(days, '--to', '500tick')).toEqual([1, expect.stringContaining('only 1d is stored')])
    expect(await refusal(days, '--to', '5x')).toEqual([1, expect.stringContaining('“5x” is not an interval')])
    expect(await refusal(days)).toEqual([2, expect.stringContaining('--to is missing')])
    expect((await refusal(days, '--to', '1w', '--session', 'all day'))[0]).toBe(2)
    expect((await refusal(days, '--to', '1w', '--filter', 'magic'))[0]).toBe(2)
    const novolume = file('novolume.csv', 'Date,Open,High,Low,Close', '2024-03-27,1,1,1,1', '2024-03-28,2,2,2,2')
    expect(await refusal(novolume, '--to', '10volume')).toEqual([1, expect.stringContaining('need volumes')])
  })

  test('takes zero and negative prices as they are', async () => {
    const oil = file(
      'oil.csv',
      'Date,Open,High,Low,Close,Volume',
      '2020-04-17,18,18,0,18,5',
      '2020-04-20,18,18,-40,-37,7',
    )
    expect((await resample(oil, '--to', '1M')).columns).toMatchObject({ low: [-40], close: [-37] })
  })
})
