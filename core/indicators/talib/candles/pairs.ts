import { type Candles, candleSettings as setting } from './candles.ts'
import type { CandlePattern } from './pattern.ts'

/** ±100 against the color of the first where the second body lies inside it, 80 where one end matches. */
function harami(c: Candles): number {
  if (c.top(0) < c.top(1) && c.bottom(0) > c.bottom(1)) return -100 * c.color(1)
  return c.top(0) <= c.top(1) && c.bottom(0) >= c.bottom(1) ? -80 * c.color(1) : 0
}

/** Two long candles without shadows, of opposite color, that leap apart. */
function isKicking(c: Candles): boolean {
  return (
    c.color(1) === -c.color(0) &&
    c.isLong(1) &&
    c.isMarubozu(1) &&
    c.isLong(0) &&
    c.isMarubozu(0) &&
    (c.isBlack(1) ? c.leapsUp(0, 1) : c.leapsDown(0, 1))
  )
}

/** A long black candle, then a white one that opens below its low. */
function opensBelowLongBlack(c: Candles): boolean {
  return c.isBlack(1) && c.isLong(1) && c.isWhite(0) && c.opened(0) < c.lowest(1)
}

/** The second body covers the first; one end may match. */
function isEngulfing(c: Candles): boolean {
  if (c.color(0) === c.color(1)) return false
  return c.top(0) >= c.top(1) && c.bottom(0) <= c.bottom(1) && (c.top(0) > c.top(1) || c.bottom(0) < c.bottom(1))
}

/** Patterns of two candles. */
export const candlePairPatterns: readonly CandlePattern[] = [
  {
    name: 'ENGULFING',
    en: 'Engulfing pattern',
    zh: '吞噬模式',
    formula:
      '±100 by the color of the second, whose body covers that of the first of other color; ±80 where one end matches',
    means: {},
    before: 2,
    found(c) {
      if (!isEngulfing(c)) return 0
      return c.opened(0) !== c.closed(1) && c.closed(0) !== c.opened(1) ? 100 * c.color(0) : 80 * c.color(0)
    },
  },
  {
    name: 'HARAMI',
    en: 'Harami pattern',
    zh: '母子线',
    formula: '±100 against the color of the first: short body inside a long one; ±80 where one end matches',
    means: { bodyLong: [1], bodyShort: [0] },
    before: 1,
    found: (c) => (c.isLong(1) && c.isAtMostShort(0) ? harami(c) : 0),
  },
  {
    name: 'HARAMICROSS',
    en: 'Harami cross pattern',
    zh: '十字孕线',
    formula: '±100 against the color of the first: doji inside a long body; ±80 where one end matches',
    means: { bodyLong: [1], bodyDoji: [0] },
    before: 1,
    found: (c) => (c.isLong(1) && c.isDoji(0) ? harami(c) : 0),
  },
  {
    name: 'DOJISTAR',
    en: 'Doji star',
    zh: '十字星',
    formula: '±100 against the color of the first: long body, then a doji that gaps away in its direction',
    means: { bodyLong: [1], bodyDoji: [0] },
    before: 1,
    found: (c) =>
      c.isLong(1) && c.isDoji(0) && (c.isWhite(1) ? c.gapsUp(0, 1) : c.gapsDown(0, 1)) ? -100 * c.color(1) : 0,
  },
  {
    name: 'COUNTERATTACK',
    en: 'Counterattack',
    zh: '反击线',
    formula: '±100 by the color of the second: two long candles of opposite color with equal closes',
    means: { bodyLong: [1, 0], equal: [1] },
    before: 1,
    found: (c) =>
      c.color(1) === -c.color(0) &&
      c.isLong(1) &&
      c.isLong(0) &&
      c.isWithin(setting.equal, 1, [c.closed(0), c.closed(1)])
        ? 100 * c.color(0)
        : 0,
  },
  {
    name: 'DARKCLOUDCOVER',
    en: 'Dark cloud cover',
    zh: '乌云压顶',
    formula: '−100: long white, then black from above its high down into its body by more than penetration',
    means: { bodyLong: [1] },
    before: 1,
    penetration: 0.5,
    found: (c, penetration) =>
      c.isWhite(1) &&
      c.isLong(1) &&
      c.isBlack(0) &&
      c.opened(0) > c.highest(1) &&
      c.closed(0) > c.opened(1) &&
      c.closed(0) < c.closed(1) - c.body(1) * penetration
        ? -100
        : 0,
  },
  {
    name: 'PIERCING',
    en: 'Piercing pattern',
    zh: '刺透形态',
    formula: '100: long black, then long white from below its low up beyond the middle of its body',
    means: { bodyLong: [1, 0] },
    before: 1,
    found: (c) =>
      opensBelowLongBlack(c) && c.isLong(0) && c.closed(0) < c.opened(1) && c.closed(0) > c.closed(1) + c.body(1) * 0.5
        ? 100
        : 0,
  },
  {
    name: 'THRUSTING',
    en: 'Thrusting pattern',
    zh: '插入',
    formula: '−100: long black, then white from below its low up into the lower half of its body',
    means: { bodyLong: [1], equal: [1] },
    before: 1,
    found: (c) =>
      opensBelowLongBlack(c) &&
      c.closed(0) > c.closed(1) + c.mean(setting.equal, 1) &&
      c.closed(0) <= c.closed(1) + c.body(1) * 0.5
        ? -100
        : 0,
  },
  {
    name: 'INNECK',
    en: 'In-neck pattern',
    zh: '颈内线',
    formula: '−100: long black, then white from below its low to just above its close',
    means: { bodyLong: [1], equal: [1] },
    before: 1,
    found: (c) =>
      opensBelowLongBlack(c) && c.closed(0) <= c.closed(1) + c.mean(setting.equal, 1) && c.closed(0) >= c.closed(1)
        ? -100
        : 0,
  },
  {
    name: 'ONNECK',
    en: 'On-neck pattern',
    zh: '颈上线',
    formula: '−100: long black, then white from below its low to its low',
    means: { bodyLong: [1], equal: [1] },
    before: 1,
    found: (c) => (opensBelowLongBlack(c) && c.isWithin(setting.equal, 1, [c.closed(0), c.lowest(1)]) ? -100 : 0),
  },
  {
    name: 'HOMINGPIGEON',
    en: 'Homing pigeon',
    zh: '家鸽',
    formula: '100: long black, then a short black body inside it',
    means: { bodyLong: [1], bodyShort: [0] },
    before: 1,
    found: (c) =>
      c.isBlack(1) &&
      c.isBlack(0) &&
      c.isLong(1) &&
      c.isAtMostShort(0) &&
      c.opened(0) < c.opened(1) &&
      c.closed(0) > c.closed(1)
        ? 100
        : 0,
  },
  {
    name: 'MATCHINGLOW',
    en: 'Matching low',
    zh: '相同低价',
    formula: '100: two black candles with equal closes',
    means: { equal: [1] },
    before: 1,
    found: (c) => (c.isBlack(1) && c.isBlack(0) && c.isWithin(setting.equal, 1, [c.closed(0), c.closed(1)]) ? 100 : 0),
  },
  {
    name: 'SEPARATINGLINES',
    en: 'Separating lines',
    zh: '分离线',
    formula: '±100 by the color of the second: opposite colors, equal opens, the second a belt-hold',
    means: { bodyLong: [0], shadowVeryShort: [0], equal: [1] },
    before: 1,
    found: (c) =>
      c.color(1) === -c.color(0) &&
      c.isWithin(setting.equal, 1, [c.opened(0), c.opened(1)]) &&
      c.isLong(0) &&
      (c.isWhite(0) ? c.hasNoLower(0) : c.hasNoUpper(0))
        ? 100 * c.color(0)
        : 0,
  },
  {
    name: 'KICKING',
    en: 'Kicking',
    zh: '反冲形态',
    formula: '±100 by the color of the second: two long marubozu of opposite color that leap apart',
    means: { bodyLong: [1, 0], shadowVeryShort: [1, 0] },
    before: 1,
    found: (c) => (isKicking(c) ? 100 * c.color(0) : 0),
  },
  {
    name: 'KICKINGBYLENGTH',
    en: 'Kicking, by the longer marubozu',
    zh: '由较长缺影线决定的反冲形态',
    formula: '±100 by the color of the longer: two long marubozu of opposite color that leap apart',
    means: { bodyLong: [1, 0], shadowVeryShort: [1, 0] },
    before: 1,
    found: (c) => (isKicking(c) ? 100 * c.color(c.body(0) > c.body(1) ? 0 : 1) : 0),
  },
]
