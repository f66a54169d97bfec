import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { terminal } from '../helpers/a-terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickwright-futures-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, ...rows: readonly string[]): string {
  writeFileSync(join(folder, name), `${rows.join('\n')}\n`)
  return join(folder, name)
}

async function run(...words: readonly string[]) {
  const { code, stdout, stderr } = await terminal(['futures', ...words, '--json'], { home: folder })
  return { code, stderr, answer: code === 0 ? (JSON.parse(stdout) as unknown) : undefined }
}

const names = 'date,price,price_contract,forward,forward_contract,carry,carry_contract'
const prices = file(
  'corn.csv',
  names,
  '2024-02-27,400,202403,410,202405,410,202405',
  '2024-02-28,402.5,202403,413,202405,413,202405',
  '2024-02-29,,202403,,202405,,202405',
  '2024-03-01,415,202405,430,202407,430,202407',
  '2024-03-04,,202405,431,202407,431,202407',
  '2024-03-05,433,202407,,202409,,202409',
)

describe('tickwright futures build', () => {
  test('stitches a file of multiple prices; what is not known is null', async () => {
    const { answer } = await run('build', '--multiple-prices', prices, '--adjust', 'panama')
    expect(answer).toEqual({
      rows: [
        { date: '2024-02-27', price: 400, contract: '202403', adjusted: 425.5 },
        { date: '2024-02-28', price: 402.5, contract: '202403', adjusted: 428 },
        { date: '2024-02-29', price: null, contract: '202403', adjusted: null },
        { date: '2024-03-01', price: 415, contract: '202405', adjusted: 430 },
        { date: '2024-03-04', price: null, contract: '202405', adjusted: null },
        { date: '2024-03-05', price: 433, contract: '202407', adjusted: 433 },
      ],
      rolls: [
        { date: '2024-03-01', from: '202403', to: '202405', gap: 10.5 },
        { date: '2024-03-05', from: '202405', to: '202407', gap: 15 },
      ],
    })
  })

  test.each([
    ['text', '2024-01-02,12x,A,1,B,,', 'row 2: “12x” cannot be used as price'],
    ['date', '2024-02-30,1,A,1,B,,', 'row 2: “2024-02-30” cannot be used as date'],
    ['contract', '2024-01-02,1,,1,B,,', 'row 2: “” cannot be used as contract'],
    ['order', '2024-01-02,1,A,1,B,,\n2024-01-01,1,A,1,B,,', 'row 3: “2024-01-01” cannot be used as date'],
  ])('a bad %s is told with its place', async (name, row, place) => {
    const { code, stderr } = await run('build', '--multiple-prices', file(`bad-${name}.csv`, names, row))
    expect([code, stderr]).toEqual([1, expect.stringContaining(place)])
  })

  test('a missing column, an empty file and a missing file are told', async () => {
    const noColumn = await run('build', '--multiple-prices', file('no-column.csv', 'date,price', '2024-01-02,1'))
    expect([noColumn.code, noColumn.stderr]).toEqual([1, expect.stringContaining('price_contract')])
    expect(await run('build', '--multiple-prices', file('empty.csv', names))).toMatchObject({ code: 1 })
    expect(await run('build', '--multiple-prices', join(folder, 'nowhere.csv'))).toMatchObject({ code: 1 })
    expect(await run('build')).toMatchObject({ code: 2 })
    expect(await run('guess')).toMatchObject({ code: 2 })
  })
})

const bars = (from: number, ...rows: readonly string[]) => [
  'Date,Open,High,Low,Close,Volume',
  ...rows.map((row, at) => `2024-03-${String(from + at).padStart(2, '0')},${row}`),
]
mkdirSync(join(folder, 'es'))
file('es/ESM2024.csv', ...bars(12, '11,11,11,11,50', '12,12,12,12,90', '13,13,13,13,95', '14,14,14,14,99'))
file('es/ESH2024.csv', ...bars(11, '9,9,9,9,99', '10,10,10,10,80', '10,10,10,10,70', '11,11,11,11,60'))

describe('tickwright futures rolls', () => {
  test('from a folder of contracts, put in order of delivery', async () => {
    const { answer } = await run('rolls', join(folder, 'es'), '--roll', 'volume:1')
    expect(answer).toEqual({ rolls: [{ date: '2024-03-14', from: 'ESH2024', to: 'ESM2024', gap: 2 }] })
  })

  test('by the days of the product', async () => {
    const { answer } = await run('rolls', join(folder, 'es'), '--roll', 'expiry:2', '--product', 'ES')
    expect(answer).toMatchObject({ rolls: [{ date: '2024-03-13' }] })
  })

  test('before first notice, or when volume says so, whichever comes first', async () => {
    const { answer } = await run(
      'rolls',
      join(folder, 'es'),
      '--roll',
      'volume:2,first-notice:1',
      '--notice',
      'ESH2024=2024-03-14',
    )
    expect(answer).toMatchObject({ rolls: [{ date: '2024-03-13' }] })
    const both = await run('rolls', join(folder, 'es'), '--roll', 'volume+day:14', '--product', 'ES')
    expect(both.answer).toMatchObject({ rolls: [{ date: '2024-03-14' }] })
  })

  test('a bad cell of one file is told with its place', async () => {
    const { code, stderr } = await run(
      'rolls',
      file('bad.csv', 'date,contract,close', '2024-01-02,202404,7', '2024-01-03,202404,x'),
    )
    expect([code, stderr]).toEqual([1, expect.stringContaining('row 3, column close')])
  })

  test('from one file that names all contracts', async () => {
    const lines = [
      '2024-01-02,202404,7',
      '2024-01-02,202402,5',
      '2024-01-03,202404,8',
      '2024-01-03,202402,6',
      '2024-01-04,202404,9',
    ]
    const { answer } = await run('rolls', file('all.csv', 'date,contract,close', ...lines))
    expect(answer).toEqual({ rolls: [{ date: '2024-01-04', from: '202402', to: '202404', gap: 2 }] })
  })
})
