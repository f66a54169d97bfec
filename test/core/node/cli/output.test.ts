import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { cell, createOutput, dateCell, jsonColumns, textTable } from '../../../../core/node/cli/output.ts'

test('numbers stand right, words left, and nothing trails', () => {
  expect(
    textTable(
      ['name', 'bars'],
      [
        ['SPX', '5105'],
        ['SIM-AAA', '–'],
      ],
    ).split('\n'),
  ).toEqual(['name     bars', '───────  ────', 'SPX      5105', 'SIM-AAA     –'])
})

test('what is undefined is – for people and null in JSON, never 0', () => {
  expect([cell(null), cell(undefined), cell(Number.NaN), cell(0), cell(-1.005, 1)]).toEqual([
    '–',
    '–',
    '–',
    '0.00',
    '-1.0',
  ])
  expect(jsonColumns({ a: Float64Array.of(1, Number.NaN, Number.POSITIVE_INFINITY, -0) })).toEqual({
    a: [1, null, null, -0],
  })
})

test('a day is shown as a day on the clock of its exchange, a minute with its time', () => {
  const newYorkMidnight = Date.UTC(2020, 0, 2, 5)
  expect(dateCell(newYorkMidnight, 'America/New_York')).toBe('2020-01-02')
  expect(dateCell(newYorkMidnight)).toBe('2020-01-02 05:00:00')
  expect(dateCell(Date.UTC(2020, 6, 1, 13, 30), 'America/New_York')).toBe('2020-07-01 09:30:00')
})

test('with json the answer is one line; progress is for terminals alone', () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const output = createOutput(true, stdout as unknown as NodeJS.WriteStream, stderr as unknown as NodeJS.WriteStream)
  output.progress('half')
  output.note('look')
  output.answer({ text: 'two\nlines' }, () => 'never')
  expect(stdout.read()?.toString()).toBe('{"text":"two\\nlines"}\n')
  expect(stderr.read()?.toString()).toBe('look\n')
})
