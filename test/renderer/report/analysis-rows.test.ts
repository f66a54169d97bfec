import { describe, expect, it } from 'vitest'
import { analysisRows, figure, wordText } from '../../../renderer/features/report/analysis-rows.ts'

describe('an analysis in rows', () => {
  it('has one row per figure, named by the words that lead to it', () => {
    expect(analysisRows({ total: { open: 1 }, streak: { won: { longest: 3 } } })).toEqual([
      { path: ['total', 'open'], value: 1 },
      { path: ['streak', 'won', 'longest'], value: 3 },
    ])
  })

  it('keeps a list of figures together, and gives each of several lists a row', () => {
    const analysis = { '2024-01-02': [[10, 5.5, 0, 'AAA', null]], '2024-01-03': [1, 2] }
    expect(analysisRows(analysis)).toEqual([
      { path: ['2024-01-02'], value: '10   5.5   0   AAA   –' },
      { path: ['2024-01-03'], value: '1   2' },
    ])
  })
})

it('a figure has seven digits that count, an undefined one is a dash, a whole one stays whole', () => {
  expect([figure(0.123456789), figure(-1234.5), figure(1_234_567_890), figure(null), figure('x')]).toEqual([
    '0.1234568',
    '−1,234.5',
    '1,234,567,890',
    '–',
    'x',
  ])
})

it('a key is a word of the language, or a day without its midnight', () => {
  const t = (key: string, { defaultValue }: { defaultValue: string }) =>
    key === 'analyzers.word.won' ? 'gewonnen' : defaultValue
  expect(['won', 'other', '2024-01-31T00:00:00', '2024-01-31T09:30:00'].map((word) => wordText(t, word))).toEqual([
    'gewonnen',
    'other',
    '2024-01-31',
    '2024-01-31 09:30:00',
  ])
})
