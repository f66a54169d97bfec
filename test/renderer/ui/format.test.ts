import { describe, expect, it } from 'vitest'
import * as format from '../../../renderer/ui/format.ts'

describe('figures on the screen', () => {
  it('shows a price with the decimals of its tick size', () => {
    expect(format.price(3512.8, 0.1)).toBe('3,512.8')
    expect(format.price(4105.25, 0.25)).toBe('4,105.25')
    expect(format.price(1.08374, 0.00001)).toBe('1.08374')
    expect(format.price(4105, 0.25)).toBe('4,105.00')
  })

  it('signs profit and loss, with a real minus and a neutral zero', () => {
    expect(format.signedMoney(12430.5)).toBe('+12,430.50')
    expect(format.signedMoney(-1208, 'USD')).toBe('−1,208.00 USD')
    expect(format.signedMoney(0)).toBe('0.00')
    expect(format.signedMoney(-0.001)).toBe('0.00')
    expect(format.ratioPercent(0.0342)).toBe('+3.42%')
    expect(format.ratioPercent(-0.05)).toBe('−5.00%')
  })

  it('shows an en dash where a value is undefined, never 0 or NaN', () => {
    for (const nothing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(format.price(nothing, 0.01)).toBe('–')
      expect(format.money(nothing)).toBe('–')
      expect(format.ratioPercent(nothing)).toBe('–')
      expect(format.count(nothing)).toBe('–')
      expect(format.duration(nothing)).toBe('–')
      expect(format.dateTime(nothing)).toBe('–')
    }
  })

  it('shows a quantity in steps of its lot', () => {
    expect(format.quantity(0.0125, 0.0001)).toBe('0.0125')
    expect(format.quantity(10)).toBe('10')
    expect(format.quantity(0.5)).toBe('0.5')
  })

  it('shows large numbers in the units of the language', () => {
    expect(format.compact(1_250_000, 'en')).toBe('1.25 M')
    expect(format.compact(1_253_000, 'zh')).toBe('125.30 万')
    expect(format.compact(340_000_000, 'zh')).toBe('3.40 亿')
    expect(format.compact(950, 'en')).toBe('950')
  })

  it('shows a duration in at most two units', () => {
    expect(format.duration(0.85)).toBe('850 µs')
    expect(format.duration(420)).toBe('420 ms')
    expect(format.duration(1_430)).toBe('1.4 s')
    expect(format.duration(59_900)).toBe('60 s')
    expect(format.duration(3_600_000 * 3 + 60_000 * 12)).toBe('3 h 12 m')
    expect(format.duration(3_600_000 * 24 - 1)).toBe('24 h')
  })

  it('shows bytes in readable units', () => {
    expect(format.bytes(0)).toBe('0 B')
    expect(format.bytes(482_133)).toBe('470.8 KB')
  })
})

describe('moments on the screen', () => {
  const moment = Date.UTC(2026, 2, 2, 21, 3, 12, 418)

  it('shows them in the zone of the exchange, to the precision asked for', () => {
    expect(format.dateTime(moment, 'utc', 'millisecond')).toBe('2026-03-02 21:03:12.418')
    expect(format.dateTime(moment, 'Asia/Shanghai', 'second')).toBe('2026-03-03 05:03:12')
    expect(format.dateTime(moment, 'America/New_York')).toBe('2026-03-02 16:03')
    expect(format.date(moment, 'Asia/Shanghai')).toBe('2026-03-03')
  })

  it('keeps the milliseconds of a moment before 1970', () => {
    expect(format.dateTime(-1, 'Europe/London', 'millisecond')).toBe('1970-01-01 00:59:59.999')
  })

  it('falls back to UTC for a zone that does not exist', () => {
    expect(format.dateTime(moment, 'Mars/Olympus', 'minute')).toBe('2026-03-02 21:03')
  })
})
