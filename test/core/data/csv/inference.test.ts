import { describe, expect, test } from 'vitest'
import { aRecipe, infer, isoTimes, parse } from './read-csv.ts'

describe('what a file does not settle is a doubt', () => {
  test('day and month that could be exchanged', () => {
    const { recipe, doubts } = infer('time,close\n01/02/2020 10:00,1\n01/02/2020 10:01,2\n')
    expect(recipe.dateFormat).toBe('MM/dd/yyyy HH:mm')
    expect(doubts).toContain('dateFormat')
  })

  test('a day above twelve settles it', () => {
    const { recipe, doubts } = infer('date,close\n12/02/2020,1\n13/02/2020,2\n')
    expect(recipe.dateFormat).toBe('dd/MM/yyyy')
    expect(doubts).not.toContain('dateFormat')
  })

  test('the zone of intraday stamps without an offset', () => {
    expect(infer('time,close\n2020-01-02 09:30,1\n2020-01-02 09:31,2\n').doubts).toContain('zone')
    expect(infer('time,close\n2020-01-02T09:30:00Z,1\n2020-01-02T09:31:00Z,2\n').doubts).not.toContain('zone')
    expect(infer('date,close\n2020-01-02,1\n2020-01-03,2\n').doubts).not.toContain('zone')
  })

  test('whether minutes are stamped at their open or close, unless sessions show it', () => {
    const minutes = (...times: string[]) => infer(`time,close\n${times.map((time) => `2020-01-${time},1\n`).join('')}`)
    expect(minutes('02 09:30', '02 09:31').doubts).toContain('stamp')
    const open = minutes('02 09:30', '02 09:31', '03 09:30', '03 09:31')
    expect([open.recipe.stamp, open.doubts.includes('stamp')]).toEqual(['open', false])
    const close = minutes('02 09:31', '02 09:32', '03 09:31', '03 09:32')
    expect([close.recipe.stamp, close.doubts.includes('stamp')]).toEqual(['close', false])
  })

  test('bid prices of quotes', () => {
    const { recipe, doubts } = infer(
      'time,bid_open,bid_high,bid_low,bid_close,ask_close\n2020-01-02T00:00,1,2,1,2,3\n2020-01-02T00:01,1,2,1,2,3\n',
    )
    expect(recipe.columns).toMatchObject({ open: 1, high: 2, low: 3, close: 4, volume: null })
    expect(doubts).toContain('quotes')
  })
})

describe('QuantConnect’s own files', () => {
  test('milliseconds of the day in the file’s name, prices in ten-thousandths', () => {
    const text = '34200000,1815200,1818000,1815200,1818000,1283\n34260000,1818000,1818000,1810000,1818000,348\n'
    const { recipe, doubts } = infer(text, '/data/minute/ibm/20131007_trade.csv')
    expect(recipe).toMatchObject({ dateFormat: 'ms-of-day@20131007', priceDivisor: 10_000, interval: '1m' })
    expect(doubts).toContain('priceDivisor')
    const { series } = parse(text, { ...recipe, zone: 'America/New_York' })
    expect(isoTimes(series.time)).toEqual(['2013-10-07T13:30:00', '2013-10-07T13:31:00'])
    expect(series.high[0]).toBe(181.8)
  })

  test('milliseconds of the day without any day are no stamps', () => {
    expect(() => infer('34200000,1815200,1818000,1815200,1818000,1283\n', 'ibm.csv')).toThrow(
      expect.objectContaining({ code: 'import.no-columns' }),
    )
  })

  test('a day column beside milliseconds of the day', () => {
    const text = 'date,time,open,high,low,close\n20131007,34200000,1,2,1,2\n20131007,34260000,1,2,1,2\n'
    const { recipe } = infer(text)
    expect(recipe.dateFormat).toBe('yyyyMMdd ms-of-day')
    expect(isoTimes(parse(text, recipe).series.time)[0]).toBe('2013-10-07T09:30:00')
  })
})

describe('zones', () => {
  const recipe = aRecipe({ dateFormat: 'yyyy-MM-dd HH:mm', stamp: 'open', interval: '1h', zone: 'America/New_York' })
  const at = (...times: string[]) => `h\n${times.map((time) => `${time},1,1,1,1,1\n`).join('')}`

  test('winter and summer time of the zone are used', () => {
    const { series } = parse(at('2020-01-02 09:30', '2020-07-02 09:30'), recipe)
    expect(isoTimes(series.time)).toEqual(['2020-01-02T14:30:00', '2020-07-02T13:30:00'])
  })

  test('an hour that clocks show twice is its first, one they skip is moved on', () => {
    const { series } = parse(at('2020-03-08 02:30', '2020-11-01 01:30'), recipe)
    expect(isoTimes(series.time)).toEqual(['2020-03-08T07:30:00', '2020-11-01T05:30:00'])
  })

  test('a day is the local day: it lasts 23 hours when clocks go forward', () => {
    const { series } = parse('h\n2020-03-08,1,1,1,1,1\n', aRecipe({ zone: 'America/New_York' }))
    expect(((series.closeTime[0] as number) - (series.time[0] as number)) / 3_600_000).toBe(23)
  })

  test.each([
    [{ zone: 'Mars/Olympus' }, 'zone'],
    [{ dateFormat: '???' }, 'date-format'],
    [{ dateFormat: 'ms-of-day' }, 'date-format'],
    [{ columns: { ...recipe.columns, time: 1 }, dateFormat: 'yyyy-MM-dd' }, 'time-column'],
  ])('a recipe that cannot be followed is refused: %o', (changes, reason) => {
    expect(() => parse('h\n', aRecipe(changes))).toThrow(
      expect.objectContaining({ code: 'import.recipe-invalid', data: expect.objectContaining({ reason }) }),
    )
  })
})
