import { describe, expect, test } from 'vitest'
import { aRecipe, infer, isoTimes, parse } from './read-csv.ts'

const header = 'date,open,high,low,close,volume'
const first = '2020-01-02,10,12,9,11,100'
const second = '2020-01-03,11,13,10,12,200'

interface Good {
  readonly name: string
  readonly text: string
  readonly times: readonly string[]
  readonly closes: readonly number[]
  readonly volumes?: readonly number[]
}

const days = ['2020-01-02T00:00:00', '2020-01-03T00:00:00']
const plain = { times: days, closes: [11, 12], volumes: [100, 200] }

const goodFiles: readonly Good[] = [
  { name: 'a plain file', text: `${header}\n${first}\n${second}\n`, ...plain },
  { name: 'no line end after the last row', text: `${header}\n${first}\n${second}`, ...plain },
  { name: 'a byte order mark', text: `\ufeff${header}\n${first}\n${second}\n`, ...plain },
  { name: 'CRLF line ends', text: `${header}\r\n${first}\r\n${second}\r\n`, ...plain },
  { name: 'CR line ends', text: `${header}\r${first}\r${second}\r`, ...plain },
  { name: 'mixed line ends', text: `${header}\r\n${first}\n${second}\r`, ...plain },
  { name: 'blank lines in between', text: `\n${header}\n\n${first}\n\n\n${second}\n\n`, ...plain },
  { name: 'spaces around fields', text: `${header}\n ${first.replaceAll(',', ' , ')} \n${second}\n`, ...plain },
  {
    name: 'quoted fields',
    text: `"date","open","high","low","close","volume"\n"2020-01-02","10","12","9","11","100"\n${second}\n`,
    ...plain,
  },
  {
    name: 'a quoted text with separator, quote and line end in it',
    text: `date,open,high,low,close,volume,note\n${first},"a ""b"", c\nd"\n${second},x\n`,
    ...plain,
  },
  { name: 'semicolons', text: `${header}\n${first}\n${second}\n`.replaceAll(',', ';'), ...plain },
  { name: 'tabs', text: `${header}\n${first}\n${second}\n`.replaceAll(',', '\t'), ...plain },
  { name: 'bars between', text: `${header}\n${first}\n${second}\n`.replaceAll(',', '|'), ...plain },
  {
    name: 'decimal commas',
    text: 'date;open;high;low;close\n2020-01-02;10,5;12,25;9,5;11,75\n2020-01-03;11,5;13,5;10,5;12,125\n',
    times: days,
    closes: [11.75, 12.125],
  },
  { name: 'no header', text: `${first}\n${second}\n`, ...plain },
  { name: 'newest first', text: `${header}\n${second}\n${first}\n`, ...plain },
  {
    name: 'columns in another order',
    text: 'close,date,low,high,open\n11,2020-01-02,9,12,10\n12,2020-01-03,10,13,11\n',
    times: days,
    closes: [11, 12],
  },
  { name: 'a close alone', text: 'date,close\n2020-01-02,11\n2020-01-03,12\n', times: days, closes: [11, 12] },
  { name: 'Chinese headings', text: `日期,开盘,最高,最低,收盘,成交量\n${first}\n${second}\n`, ...plain },
  { name: 'dates as yyyyMMdd', text: `${header}\n${first}\n${second}\n`.replaceAll('-', ''), ...plain },
  {
    name: 'English month names',
    text: 'Date,Open,High,Low,Close\n02-Jan-2020,10,12,9,11\n03-Jan-2020,11,13,10,12\n',
    times: days,
    closes: [11, 12],
  },
  {
    name: 'negative prices',
    text: `${header}\n2020-01-02,1,2,-40,-37.63,5\n2020-01-03,-37,10,-38,9,6\n`,
    times: days,
    closes: [-37.63, 9],
    volumes: [5, 6],
  },
  {
    name: 'prices near the largest number',
    text: `${header}\n2020-01-02,1,1e308,1,1e308,5\n${second}\n`,
    times: days,
    closes: [1e308, 12],
    volumes: [5, 200],
  },
  {
    name: 'empty and NaN volumes',
    text: `${header}\n2020-01-02,10,12,9,11,\n2020-01-03,11,13,10,12,NaN\n`,
    times: days,
    closes: [11, 12],
    volumes: [Number.NaN, Number.NaN],
  },
  {
    name: 'offsets that change from row to row',
    text: 'time,open,high,low,close\n2020-01-02T10:00:00+01:00,10,12,9,11\n2020-01-02T09:01:00Z,11,13,10,12\n2020-01-02T04:02:00-0500,12,13,10,12\n',
    times: ['2020-01-02T09:00:00', '2020-01-02T09:01:00', '2020-01-02T09:02:00'],
    closes: [11, 12, 12],
  },
  {
    name: 'seconds since 1970',
    text: 'time,open,high,low,close\n1577959200,10,12,9,11\n1577959260,11,13,10,12\n',
    times: ['2020-01-02T10:00:00', '2020-01-02T10:01:00'],
    closes: [11, 12],
  },
  {
    name: 'microseconds since 1970',
    text: 'timestamp,open,high,low,close\n1577959200000000,10,12,9,11\n1577959260000000,11,13,10,12\n',
    times: ['2020-01-02T10:00:00', '2020-01-02T10:01:00'],
    closes: [11, 12],
  },
  {
    name: 'a time column of its own that the header forgot',
    text: 'Date,Open,High,Low,Close,Volume\n2020-01-02,09:01:00,10,12,9,11,5\n2020-01-02,09:02:00,11,13,10,12,6\n2020-01-03,09:01:00,11,13,10,12,6\n',
    times: ['2020-01-02T09:00:00', '2020-01-02T09:01:00', '2020-01-03T09:00:00'],
    closes: [11, 12, 12],
  },
]

describe('odd files that are right', () => {
  test.each(goodFiles)('$name', ({ text, times, closes, volumes }) => {
    const { recipe } = infer(text)
    const { series, badRowCount } = parse(text, recipe)
    expect(badRowCount).toBe(0)
    expect(isoTimes(series.time)).toEqual(times)
    expect([...series.close]).toEqual(closes)
    if (volumes !== undefined) expect([...series.volume]).toEqual(volumes)
  })

  test.each(goodFiles)('$name, read in pieces of three bytes', ({ text }) => {
    const { recipe } = infer(text)
    expect(parse(text, recipe, 3)).toEqual(parse(text, recipe))
  })
})

describe('rows that are no bars', () => {
  test.each([
    ['an impossible date', '2020-02-30,10,12,9,11,1', 'date', 'date', '2020-02-30'],
    ['a word for a price', '2020-01-06,10,12,9,abc,1', 'close', 'number', 'abc'],
    ['a number with a unit', '2020-01-06,10,12,9,11$,1', 'close', 'number', '11$'],
    ['two decimal points', '2020-01-06,10,12,9,1.1.1,1', 'close', 'number', '1.1.1'],
    ['a hexadecimal price', '2020-01-06,0x1f,12,9,11,1', 'open', 'number', '0x1f'],
    ['a missing high', '2020-01-06,10,,9,11,1', 'high', 'missing-price', ''],
    ['an infinite high', '2020-01-06,10,Infinity,9,11,1', 'high', 'not-finite', 'Infinity'],
    ['minus infinity', '2020-01-06,10,12,-inf,11,1', 'low', 'not-finite', '-inf'],
    ['a price beyond the largest number', '2020-01-06,10,1e309,9,11,1', 'high', 'not-finite', '1e309'],
    ['a high below the close', '2020-01-06,10,10.5,9,11,1', 'high', 'ohlc', '10.5'],
    ['a low above the open', '2020-01-06,10,12,10.5,11,1', 'low', 'ohlc', '10.5'],
    ['a negative volume', '2020-01-06,10,12,9,11,-1', 'volume', 'negative-volume', '-1'],
    ['a word for a volume', '2020-01-06,10,12,9,11,many', 'volume', 'number', 'many'],
    ['a short row', '2020-01-06,10,12', 'close', 'missing-column', '2020-01-06'],
    ['a repeated day', '2020-01-03,10,12,9,11,1', 'date', 'duplicate', '2020-01-03 00:00:00'],
    ['an earlier day', '2019-12-31,10,12,9,11,1', 'date', 'out-of-order', '2019-12-31 00:00:00'],
    ['a NUL inside a number', '2020-01-06,10,12,9,1\x001,1', 'close', 'number', '1\x001'],
    ['an unclosed quote', '2020-01-06,10,12,9,"11', 'date', 'unclosed-quote', '11\n'],
  ])('%s: line 4 is named with column and reason', (_, row, column, reason, text) => {
    const { series, rows, badRows, badRowCount, refusal } = parse(`${header}\n${first}\n${second}\n${row}\n`, aRecipe())
    expect(badRows).toEqual([{ row: 4, column, reason, text }])
    expect({ rows, badRowCount, bars: series.length }).toEqual({ rows: 3, badRowCount: 1, bars: 2 })
    expect(refusal).toEqual(badRows[0])
  })

  test('a day without any price is left out and reported, but refuses nothing', () => {
    const { badRows, refusal, series } = parse(`${header}\n${first}\n2020-01-06,null,null,null,null,null\n`, aRecipe())
    expect(badRows).toMatchObject([{ row: 3, reason: 'no-price' }])
    expect([refusal, series.length]).toEqual([null, 1])
  })

  test('the line counts line ends inside quotes', () => {
    const { badRows } = parse(`${header}\n${first},"two\nlines"\nbad,1,1,1,1,1\n`, aRecipe())
    expect(badRows).toMatchObject([{ row: 4, reason: 'date' }])
  })

  test('at most 200 bad rows are described, all are counted', () => {
    const { badRows, badRowCount } = parse(`${header}\n${'x,1,1,1,1,1\n'.repeat(500)}`, aRecipe())
    expect([badRows.length, badRowCount]).toEqual([200, 500])
  })

  test('a line without end is refused instead of filling the memory', () => {
    expect(() => parse(`${header}\n${'1'.repeat(1_200_000)}`, aRecipe(), 65_536)).toThrow(/line-too-long/)
  })
})

describe('files that hold nothing', () => {
  test.each([
    ['nothing at all', '', 'import.empty'],
    ['blank lines', '\n\n  \n', 'import.empty'],
    ['a header alone', `${header}\n`, 'import.empty'],
    ['prose', 'Dear reader,\nthis is a letter, not a table.\nYours, me\n', 'import.empty'],
    ['no date column', 'a,b,c,d\n1,2,3,4\n2,3,4,5\n', 'import.no-columns'],
    ['dates without prices', 'date,name\n2020-01-02,x1\n2020-01-03,x2\n', 'import.unsupported'],
  ])('%s', (_, text, code) => {
    expect(() => infer(text)).toThrow(expect.objectContaining({ code }))
  })
})
