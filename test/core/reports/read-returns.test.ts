import { describe, expect, it } from 'vitest'
import { isDomainError } from '../../../core/domain/errors.ts'
import { readReturns } from '../../../core/reports/read-returns.ts'

const read = (...lines: string[]) => readReturns(lines.join('\n'), 'r.csv')
const rows = (...lines: string[]) => {
  const { series } = read(...lines)
  return Array.from(series.time, (time, row) => [new Date(time).toISOString().slice(0, 16), series.value[row]])
}
const expected = [
  ['2024-01-30T00:00', 0.01],
  ['2024-01-31T00:00', -0.02],
]

function failure(...lines: string[]) {
  try {
    read(...lines)
  } catch (error) {
    if (isDomainError(error)) return [error.code, error.data.row ?? null, error.data.reason ?? null]
    throw error
  }
  throw new Error('was read')
}

describe('a file of returns is read', () => {
  it('with and without a header', () => {
    expect(rows('date,return', '2024-01-30,0.01', '2024-01-31,-0.02')).toEqual(expected)
    expect(rows('2024-01-30,0.01', '2024-01-31,-0.02')).toEqual(expected)
  })
  it('as pandas writes it: no name, a time, an offset', () => {
    expect(rows(',0', '2024-01-30 00:00:00-05:00,0.01', '2024-01-31 00:00:00-05:00,-2e-2')).toEqual(expected)
  })
  it('with semicolons, tabs, quotes, blank lines, a byte order mark and Windows line ends', () => {
    expect(rows('\uFEFFdate;return\r', '"2024-01-30";0.01\r', '\r', '2024-01-31;-0.02\r', '')).toEqual(expected)
    expect(rows('2024/01/30\t0.01', '20240131\t-0.02')).toEqual(expected)
  })
  it('in percent', () => expect(rows('2024-01-30,1 %', '2024-01-31,−2%')).toEqual(expected))
  it('newest first', () => expect(rows('2024-01-31,-0.02', '2024-01-30,0.01')).toEqual(expected))
  it('by the name of the column when there are more', () => {
    expect(rows('id,Date,equity,daily return', '1,2024-01-30,100,0.01', '2,2024-01-31,98,-0.02')).toEqual(expected)
  })
  it('inside a day', () => {
    expect(rows('2024-01-30T09:30,0.01', '2024-01-30T16:00:00,0.5')).toEqual([
      ['2024-01-30T09:30', 0.01],
      ['2024-01-30T16:00', 0.5],
    ])
  })
  it('and rows without a return are counted', () => {
    expect(read('date,return', '2024-01-29,', '2024-01-30,nan', '2024-01-31,0.1')).toMatchObject({ skipped: 2 })
  })
})

describe('what cannot be read is named with its row', () => {
  it.each([
    [
      ['date,return', '2024-01-30,0.01', '2024-01-31,abc'],
      ['returns.malformed', 3, 'number'],
    ],
    [
      ['2024-01-30,0.01', '2024-02-30,0.01'],
      ['returns.malformed', 2, 'date'],
    ],
    [
      ['2024-01-30,0.01', '2024-13-01,0.01'],
      ['returns.malformed', 2, 'date'],
    ],
    [
      ['2024-01-30,0.01', '2024-01-31'],
      ['returns.malformed', 2, 'missing-column'],
    ],
    [['2024-01-30,inf'], ['returns.malformed', 1, 'not-finite']],
    [
      ['0.01', '0.02'],
      ['returns.malformed', 2, 'date'],
    ],
    [
      ['2024-01-30,0.01', '2024-01-31,0.02', '2024-01-30,0.03'],
      ['returns.duplicate', 1, null],
    ],
    [['date,return'], ['returns.empty', null, null]],
    [[''], ['returns.empty', null, null]],
    [['2024-01-30,nan'], ['returns.empty', null, null]],
  ])('%j', (lines, found) => expect(failure(...lines)).toEqual(found))
})
