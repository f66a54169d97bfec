import { candleSettings as setting } from './candles.ts'
import type { CandlePattern } from './pattern.ts'

/** Patterns of one candle, some against the one before. */
export const singleCandlePatterns: readonly CandlePattern[] = [
  {
    name: 'DOJI',
    en: 'Doji',
    zh: '十字',
    formula: '100: open and close almost equal',
    means: { bodyDoji: [0] },
    before: 0,
    found: (c) => (c.isDoji(0) ? 100 : 0),
  },
  {
    name: 'DRAGONFLYDOJI',
    en: 'Dragonfly doji',
    zh: '蜻蜓十字',
    formula: '100: doji without upper and with a lower shadow',
    means: { bodyDoji: [0], shadowVeryShort: [0] },
    before: 0,
    found: (c) => (c.isDoji(0) && c.hasNoUpper(0) && c.hasLower(0) ? 100 : 0),
  },
  {
    name: 'GRAVESTONEDOJI',
    en: 'Gravestone doji',
    zh: '墓碑十字',
    formula: '100: doji without lower and with an upper shadow',
    means: { bodyDoji: [0], shadowVeryShort: [0] },
    before: 0,
    found: (c) => (c.isDoji(0) && c.hasNoLower(0) && c.hasUpper(0) ? 100 : 0),
  },
  {
    name: 'LONGLEGGEDDOJI',
    en: 'Long-legged doji',
    zh: '长脚十字',
    formula: '100: doji with a long shadow',
    means: { bodyDoji: [0], shadowLong: [0] },
    before: 0,
    found: (c) => (c.isDoji(0) && (c.hasLongLower(0) || c.hasLongUpper(0)) ? 100 : 0),
  },
  {
    name: 'RICKSHAWMAN',
    en: 'Rickshaw man',
    zh: '黄包车夫',
    formula: '100: doji with two long shadows and the body near the middle',
    means: { bodyDoji: [0], shadowLong: [0], near: [0] },
    before: 0,
    found(c) {
      if (!(c.isDoji(0) && c.hasLongLower(0) && c.hasLongUpper(0))) return 0
      const middle = c.lowest(0) + c.range(0) / 2
      const near = c.mean(setting.near, 0)
      return c.bottom(0) <= middle + near && c.top(0) >= middle - near ? 100 : 0
    },
  },
  {
    name: 'TAKURI',
    en: 'Takuri line',
    zh: '探水竿',
    formula: '100: doji without upper and with a very long lower shadow',
    means: { bodyDoji: [0], shadowVeryShort: [0], shadowVeryLong: [0] },
    before: 0,
    found: (c) => (c.isDoji(0) && c.hasNoUpper(0) && c.lowerShadow(0) > c.mean(setting.shadowVeryLong, 0) ? 100 : 0),
  },
  {
    name: 'HIGHWAVE',
    en: 'High-wave candle',
    zh: '长腿风高浪大线',
    formula: '±100 by color: short body between two very long shadows',
    means: { bodyShort: [0], shadowVeryLong: [0] },
    before: 0,
    found(c) {
      const long = c.mean(setting.shadowVeryLong, 0)
      return c.isShort(0) && c.upperShadow(0) > long && c.lowerShadow(0) > long ? 100 * c.color(0) : 0
    },
  },
  {
    name: 'SPINNINGTOP',
    en: 'Spinning top',
    zh: '纺锤线',
    formula: '±100 by color: short body, both shadows longer than it',
    means: { bodyShort: [0] },
    before: 0,
    found: (c) => (c.isShort(0) && c.upperShadow(0) > c.body(0) && c.lowerShadow(0) > c.body(0) ? 100 * c.color(0) : 0),
  },
  {
    name: 'MARUBOZU',
    en: 'Marubozu',
    zh: '光头光脚',
    formula: '±100 by color: long body without shadows',
    means: { bodyLong: [0], shadowVeryShort: [0] },
    before: 0,
    found: (c) => (c.isLong(0) && c.isMarubozu(0) ? 100 * c.color(0) : 0),
  },
  {
    name: 'CLOSINGMARUBOZU',
    en: 'Closing marubozu',
    zh: '收盘光头光脚',
    formula: '±100 by color: long body without a shadow at its close',
    means: { bodyLong: [0], shadowVeryShort: [0] },
    before: 0,
    found: (c) => (c.isLong(0) && (c.isWhite(0) ? c.hasNoUpper(0) : c.hasNoLower(0)) ? 100 * c.color(0) : 0),
  },
  {
    name: 'BELTHOLD',
    en: 'Belt-hold',
    zh: '捉腰带线',
    formula: '±100 by color: long body without a shadow at its open',
    means: { bodyLong: [0], shadowVeryShort: [0] },
    before: 0,
    found: (c) => (c.isLong(0) && (c.isWhite(0) ? c.hasNoLower(0) : c.hasNoUpper(0)) ? 100 * c.color(0) : 0),
  },
  {
    name: 'LONGLINE',
    en: 'Long line candle',
    zh: '长蜡烛',
    formula: '±100 by color: long body, short shadows',
    means: { bodyLong: [0], shadowShort: [0] },
    before: 0,
    found(c) {
      const short = c.mean(setting.shadowShort, 0)
      return c.isLong(0) && c.upperShadow(0) < short && c.lowerShadow(0) < short ? 100 * c.color(0) : 0
    },
  },
  {
    name: 'SHORTLINE',
    en: 'Short line candle',
    zh: '短蜡烛',
    formula: '±100 by color: short body, short shadows',
    means: { bodyShort: [0], shadowShort: [0] },
    before: 0,
    found(c) {
      const short = c.mean(setting.shadowShort, 0)
      return c.isShort(0) && c.upperShadow(0) < short && c.lowerShadow(0) < short ? 100 * c.color(0) : 0
    },
  },
  {
    name: 'HAMMER',
    en: 'Hammer',
    zh: '锤头',
    formula: '100: short body near the low before, long lower and no upper shadow',
    means: { bodyShort: [0], shadowLong: [0], shadowVeryShort: [0], near: [1] },
    before: 1,
    found: (c) =>
      c.isShort(0) && c.hasLongLower(0) && c.hasNoUpper(0) && c.bottom(0) <= c.lowest(1) + c.mean(setting.near, 1)
        ? 100
        : 0,
  },
  {
    name: 'HANGINGMAN',
    en: 'Hanging man',
    zh: '上吊线',
    formula: '−100: short body near the high before, long lower and no upper shadow',
    means: { bodyShort: [0], shadowLong: [0], shadowVeryShort: [0], near: [1] },
    before: 1,
    found: (c) =>
      c.isShort(0) && c.hasLongLower(0) && c.hasNoUpper(0) && c.bottom(0) >= c.highest(1) - c.mean(setting.near, 1)
        ? -100
        : 0,
  },
  {
    name: 'INVERTEDHAMMER',
    en: 'Inverted hammer',
    zh: '倒锤头',
    formula: '100: short body gapping down, long upper and no lower shadow',
    means: { bodyShort: [0], shadowLong: [0], shadowVeryShort: [0] },
    before: 1,
    found: (c) => (c.isShort(0) && c.hasLongUpper(0) && c.hasNoLower(0) && c.gapsDown(0, 1) ? 100 : 0),
  },
  {
    name: 'SHOOTINGSTAR',
    en: 'Shooting star',
    zh: '射击之星',
    formula: '−100: short body gapping up, long upper and no lower shadow',
    means: { bodyShort: [0], shadowLong: [0], shadowVeryShort: [0] },
    before: 1,
    found: (c) => (c.isShort(0) && c.hasLongUpper(0) && c.hasNoLower(0) && c.gapsUp(0, 1) ? -100 : 0),
  },
]
