import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Takes } from '../../core/contract/contract.ts'
import { isDomainError } from '../../core/domain/errors.ts'
import { aService, type RunningService } from '../helpers/a-service.ts'
import { failureOf, saidInBothLanguages } from '../helpers/sentences.ts'

let running: RunningService
beforeAll(async () => {
  running = await aService()
})
afterAll(() => running.close())

const good = ['2020-01-02,10,12,9,11,100', '2020-01-03,11,13,10,12,100', '2020-01-06,12,14,11,13,100']
const csv = (...rows: string[]) => `Date,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`

const many = Array.from({ length: 20 }, (_, at) => `2019-12-${String(at + 1).padStart(2, '0')},10,12,9,11,${100 + at}`)

function file(name: string, content: string | Uint8Array): string {
  const path = join(running.home, name)
  writeFileSync(path, content)
  return path
}

type Recipe = Takes<'import.start'>['recipe']

/** Infers a recipe, changes it, imports under `id`, and waits. */
async function imported(path: string, id: string, change: Partial<Recipe> = {}) {
  const { reply } = await running.call('import.inspect', { path, recipe: null })
  const instrument = { ...reply.suggestedInstrument, id, symbol: id }
  const { job } = await running.call('import.start', { path, recipe: { ...reply.recipe, ...change }, instrument })
  await running.ended(job)
  return running.call('import.result', { job })
}

async function told(promise: Promise<unknown>) {
  const failure = await failureOf(promise)
  if (!isDomainError(failure)) throw failure
  return { code: failure.code, data: failure.data, said: saidInBothLanguages(failure) }
}

const stored = async () => JSON.stringify((await running.call('instrument.list', {})).coverage)

test('the same file imported again changes nothing; a changed row changes one bar', async () => {
  const path = file('again.csv', csv(...good))
  expect(await imported(path, 'AGAIN')).toMatchObject({ rows: 3, added: 3, changed: 0, unchanged: 0, badRowCount: 0 })
  const before = await stored()
  expect(await imported(path, 'AGAIN')).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
  expect(await stored()).toBe(before)
  file('again.csv', csv(...good.slice(0, 2), '2020-01-06,12,14,11,13.5,100'))
  expect(await imported(path, 'AGAIN')).toMatchObject({ added: 0, changed: 1, unchanged: 2 })
})

test.each<[string, string | Uint8Array | undefined, string, RegExp]>([
  ['missing', undefined, 'import.file-missing', /\.csv does not exist/],
  ['empty', '', 'import.empty', /no rows/],
  ['a header alone', csv(), 'import.empty', /no rows/],
  ['a table of something else', 'a,b\n1,2\n3,4\n5,6\n7,8\n', 'import.no-columns', /No date and price columns/],
  ['no text', new Uint8Array(4096).map((_, at) => (at * 89) % 7), 'import.file-unreadable', /not text/],
  ['an archive', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), 'import.unsupported', /ZIP/],
])('a file that is %s is told when it is looked at, and nothing is stored', async (name, content, code, said) => {
  const before = await stored()
  const path = join(running.home, `${name.replace(/ /g, '-')}.csv`)
  if (content !== undefined) writeFileSync(path, content)
  const found = await told(running.call('import.inspect', { path, recipe: null }))
  expect(found).toMatchObject({ code, data: { path }, said: expect.stringMatching(said) })
  expect(await stored()).toBe(before)
})

test('a folder cannot be imported', async () => {
  mkdirSync(join(running.home, 'folder.csv'))
  const found = await told(running.call('import.inspect', { path: join(running.home, 'folder.csv'), recipe: null }))
  expect(found).toMatchObject({ code: 'import.file-unreadable', said: expect.stringMatching(/not a file/) })
})

test.each<[string, string, number, string, RegExp]>([
  [
    'a price that is no number',
    '2020-01-07,13,15,12,abc,100',
    22,
    'close',
    /row 22, column close – this is not a number \(“abc”\)/,
  ],
  ['a high below the low', '2020-01-07,13,11,12,12,100', 22, '', /row 22, .*high and low do not enclose/],
  ['a date that is none', '2020-02-30,13,15,12,14,100', 22, 'date', /row 22, column date – .*not a date/],
  ['a row cut off', '2020-01-07,13', 22, '', /row 22, .*too short/],
])('%s refuses the whole file with row, column and reason', async (_, row, line, column, said) => {
  const before = await stored()
  const path = file('bad-row.csv', csv(...many, row))
  const found = await told(imported(path, 'BADROW'))
  expect(found).toMatchObject({ code: 'import.bad-rows', data: { row: line }, said: expect.stringMatching(said) })
  if (column !== '') expect(found.data.column).toBe(column)
  expect(await stored()).toBe(before)
  expect((await running.call('instrument.list', {})).instruments.some(({ id }) => id === 'BADROW')).toBe(false)
})

test('bad rows that may be skipped are left out and reported; the rest is imported', async () => {
  const path = file('skip.csv', csv(good[0] ?? '', '2020-01-03,11,x,10,12,100', good[2] ?? ''))
  const result = await imported(path, 'SKIP', { badRows: 'skip' })
  expect(result).toMatchObject({ added: 2, badRowCount: 1 })
  expect(result.badRows).toEqual([{ row: 3, column: 'high', reason: 'number', text: 'x' }])
})

test('a recipe that does not fit is told', async () => {
  const path = file('recipe.csv', csv(...good))
  const far = { date: 0, time: null, open: 1, high: 2, low: 3, close: 40, volume: 5, openInterest: null }
  expect((await told(imported(path, 'RECIPE', { columns: far }))).code).toMatch(/^import\./)
  const format = await told(imported(path, 'RECIPE', { dateFormat: 'quark' }))
  expect(format.code).toMatch(/^import\.(recipe-invalid|bad-rows)$/)
  const zone = await told(imported(path, 'RECIPE', { zone: 'Mars/Olympus' }))
  expect(zone.code).toBe('import.recipe-invalid')
})

test('an import that is cancelled stores nothing', async () => {
  const rows = Array.from({ length: 300_000 }, (_, at) => {
    const stamp = new Date(Date.UTC(2020, 0, 1) + at * 60_000).toISOString().slice(0, 16).replace('T', ' ')
    return `${stamp},10,12,9,11,100`
  })
  const path = file('long.csv', `${csv()}${rows.join('\n')}\n`)
  const before = await stored()
  const { reply } = await running.call('import.inspect', { path, recipe: null })
  const instrument = { ...reply.suggestedInstrument, id: 'LONG', symbol: 'LONG' }
  const { job } = await running.call('import.start', { path, recipe: reply.recipe, instrument })
  await running.call('job.cancel', { job })
  await expect(running.ended(job)).rejects.toMatchObject({ code: 'cancelled' })
  expect(await stored()).toBe(before)
})
