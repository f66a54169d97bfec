import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { terminal } from '../helpers/a-terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickwright-continuous-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, ...rows: readonly string[]): string {
  writeFileSync(join(folder, name), `${rows.join('\n')}\n`)
  return join(folder, name)
}

const both = file(
  'gold.csv',
  'date,contract,close',
  ...['2024-01-02,202402,100', '2024-01-02,202404,110', '2024-01-03,202402,101', '2024-01-03,202404,111'],
  ...['2024-01-04,202402,102', '2024-01-04,202404,112', '2024-01-05,202404,113'],
)
const calendar = file('rolls.csv', 'date,current_contract,next_contract', '2024-01-03,202402,202404')

async function run(...words: readonly string[]) {
  const { code, stdout, stderr } = await terminal(['continuous', ...words, '--json'], { home: folder })
  return { code, stderr, answer: code === 0 ? (JSON.parse(stdout) as Answer) : undefined }
}

interface Answer {
  readonly contracts: readonly string[]
  readonly rolls: readonly { readonly row: number }[]
  readonly columns: { readonly close: readonly number[]; readonly contract: readonly string[] }
}

describe('tickwright continuous', () => {
  test('joins the contracts of one file, fitted to the last', async () => {
    const { answer } = await run(both)
    expect(answer?.contracts).toEqual(['202402', '202404'])
    expect(answer?.columns.close).toEqual([110, 111, 112, 113])
    expect(answer?.columns.contract).toEqual(['202402', '202402', '202402', '202404'])
  })

  test('rolls by a calendar, without adjustment', async () => {
    const { answer } = await run(both, '--roll', `calendar:${calendar}`, '--adjust', 'none')
    expect(answer?.columns.close).toEqual([100, 111, 112, 113])
    expect(answer?.rolls).toMatchObject([{ row: 1 }])
  })

  test('rolls before an expiry', async () => {
    const { answer } = await run(both, '--roll', 'expiry:1', '--expiry', '202402=2024-01-05')
    expect(answer?.columns.contract).toEqual(['202402', '202402', '202404', '202404'])
  })

  test('says what is wrong', async () => {
    expect(await run(both, '--contracts', '202404,209912')).toMatchObject({ code: 1 })
    expect(await run(both, '--roll', 'sometimes')).toMatchObject({ code: 2 })
    expect(await run(both, '--roll', 'calendar:nowhere.csv')).toMatchObject({ code: 1 })
    expect(await run(both, '--adjust', 'maybe')).toMatchObject({ code: 2 })
    const apart = [file('a.csv', 'Date,Open,High,Low,Close', '2024-01-02,1,1,1,1', '2024-01-03,1,1,1,1')]
    apart.push(file('b.csv', 'Date,Open,High,Low,Close', '2024-02-02,2,2,2,2', '2024-02-05,2,2,2,2'))
    const { code, stderr } = await run(...apart)
    expect([code, stderr]).toEqual([1, expect.stringContaining('no bar in common')])
  })
})
