import { type Candles, candleSettings as setting } from './candles.ts'
import type { CandlePattern } from './pattern.ts'

/** Three black candles, each without lower shadow. */
function areCrows(c: Candles): boolean {
  return c.isBlack(2) && c.hasNoLower(2) && c.isBlack(1) && c.hasNoLower(1) && c.isBlack(0) && c.hasNoLower(0)
}

function areFalling(c: Candles): boolean {
  return c.closed(2) > c.closed(1) && c.closed(1) > c.closed(0)
}

/** Three white candles that close higher each time. */
function areSoldiers(c: Candles): boolean {
  return c.isWhite(2) && c.isWhite(1) && c.isWhite(0) && c.closed(0) > c.closed(1) && c.closed(1) > c.closed(2)
}

/** A candle opens above the open of the one before, no further above its close than near. */
function opensWithinOrNear(c: Candles, ago: number): boolean {
  const before = ago + 1
  return c.opened(ago) > c.opened(before) && c.opened(ago) <= c.closed(before) + c.mean(setting.near, before)
}

/** The last candle of a star that closes well down into a long white first one. */
function fallsBack(c: Candles, penetration: number): boolean {
  return c.isLongerThanShort(0) && c.isBlack(0) && c.closed(0) < c.closed(2) - c.body(2) * penetration
}

function risesBack(c: Candles, penetration: number): boolean {
  return c.isLongerThanShort(0) && c.isWhite(0) && c.closed(0) > c.closed(2) + c.body(2) * penetration
}

function isAdvanceBlocked(c: Candles): boolean {
  const near = c.mean(setting.near, 1)
  if (c.body(1) < c.body(2) - c.mean(setting.far, 2) && c.body(0) < c.body(1) + near) return true
  if (c.body(0) < c.body(1) - c.mean(setting.far, 1)) return true
  if (!(c.body(0) < c.body(1))) return false
  const hasShadow =
    c.upperShadow(0) > c.mean(setting.shadowShort, 0) || c.upperShadow(1) > c.mean(setting.shadowShort, 1)
  return (c.body(1) < c.body(2) && hasShadow) || c.hasLongUpper(0)
}

/** Patterns of three candles that mean a fall. */
const bearish: readonly CandlePattern[] = [
  {
    name: '2CROWS',
    en: 'Two crows',
    zh: '两只乌鸦',
    formula: '−100: long white, black gapping up, black from inside the second body into the first',
    means: { bodyLong: [2] },
    before: 2,
    found: (c) =>
      c.isWhite(2) &&
      c.isLong(2) &&
      c.isBlack(1) &&
      c.gapsUp(1, 2) &&
      c.isBlack(0) &&
      c.opened(0) < c.opened(1) &&
      c.opened(0) > c.closed(1) &&
      c.closed(0) > c.opened(2) &&
      c.closed(0) < c.closed(2)
        ? -100
        : 0,
  },
  {
    name: 'UPSIDEGAP2CROWS',
    en: 'Upside gap two crows',
    zh: '上升跳空两只乌鸦',
    formula: '−100: long white, short black gapping up, black around it that closes above the first',
    means: { bodyLong: [2], bodyShort: [1] },
    before: 2,
    found: (c) =>
      c.isWhite(2) &&
      c.isLong(2) &&
      c.isBlack(1) &&
      c.isAtMostShort(1) &&
      c.gapsUp(1, 2) &&
      c.isBlack(0) &&
      c.opened(0) > c.opened(1) &&
      c.closed(0) < c.closed(1) &&
      c.closed(0) > c.closed(2)
        ? -100
        : 0,
  },
  {
    name: '3BLACKCROWS',
    en: 'Three black crows',
    zh: '三只乌鸦',
    formula:
      '−100: after a white one three falling black candles without lower shadow, each opening inside the one before',
    means: { shadowVeryShort: [2, 1, 0] },
    before: 3,
    found: (c) =>
      c.isWhite(3) &&
      areCrows(c) &&
      c.opened(1) < c.opened(2) &&
      c.opened(1) > c.closed(2) &&
      c.opened(0) < c.opened(1) &&
      c.opened(0) > c.closed(1) &&
      c.highest(3) > c.closed(2) &&
      areFalling(c)
        ? -100
        : 0,
  },
  {
    name: 'IDENTICAL3CROWS',
    en: 'Identical three crows',
    zh: '三胞胎乌鸦',
    formula: '−100: three falling black candles without lower shadow, each opening at the close before',
    means: { shadowVeryShort: [2, 1, 0], equal: [2, 1] },
    before: 2,
    found: (c) =>
      areCrows(c) &&
      areFalling(c) &&
      c.isWithin(setting.equal, 2, [c.opened(1), c.closed(2)]) &&
      c.isWithin(setting.equal, 1, [c.opened(0), c.closed(1)])
        ? -100
        : 0,
  },
  {
    name: 'ADVANCEBLOCK',
    en: 'Advance block',
    zh: '大敌当前',
    formula: '−100: three rising white candles whose bodies shrink or whose upper shadows grow',
    means: { shadowShort: [2, 1, 0], shadowLong: [1, 0], near: [2, 1], far: [2, 1], bodyLong: [2] },
    before: 2,
    found: (c) =>
      areSoldiers(c) &&
      opensWithinOrNear(c, 1) &&
      opensWithinOrNear(c, 0) &&
      c.isLong(2) &&
      c.upperShadow(2) < c.mean(setting.shadowShort, 2) &&
      isAdvanceBlocked(c)
        ? -100
        : 0,
  },
  {
    name: 'STALLEDPATTERN',
    en: 'Stalled pattern',
    zh: '停顿形态',
    formula: '−100: two long white candles, then a short white one on the shoulder of the second',
    means: { bodyLong: [2, 1], bodyShort: [0], shadowVeryShort: [1], near: [2, 1] },
    before: 2,
    found: (c) =>
      areSoldiers(c) &&
      c.isLong(2) &&
      c.isLong(1) &&
      c.hasNoUpper(1) &&
      opensWithinOrNear(c, 1) &&
      c.isShort(0) &&
      c.opened(0) >= c.closed(1) - c.body(0) - c.mean(setting.near, 1)
        ? -100
        : 0,
  },
  {
    name: 'EVENINGSTAR',
    en: 'Evening star',
    zh: '暮星',
    formula: '−100: long white, short body gapping up, black down into the first by more than penetration',
    means: { bodyLong: [2], bodyShort: [1, 0] },
    before: 2,
    penetration: 0.3,
    found: (c, penetration) =>
      c.isLong(2) && c.isWhite(2) && c.isAtMostShort(1) && c.gapsUp(1, 2) && fallsBack(c, penetration) ? -100 : 0,
  },
  {
    name: 'EVENINGDOJISTAR',
    en: 'Evening doji star',
    zh: '十字暮星',
    formula: '−100: long white, doji gapping up, black down into the first by more than penetration',
    means: { bodyLong: [2], bodyDoji: [1], bodyShort: [0] },
    before: 2,
    penetration: 0.3,
    found: (c, penetration) =>
      c.isLong(2) && c.isWhite(2) && c.isDoji(1) && c.gapsUp(1, 2) && fallsBack(c, penetration) ? -100 : 0,
  },
]

/** Patterns of three candles that mean a rise. */
const bullish: readonly CandlePattern[] = [
  {
    name: '3WHITESOLDIERS',
    en: 'Three advancing white soldiers',
    zh: '三个白兵',
    formula:
      '100: three rising white candles without upper shadow, each opening in or near the body before, none far shorter',
    means: { shadowVeryShort: [2, 1, 0], near: [2, 1], far: [2, 1], bodyShort: [0] },
    before: 2,
    found: (c) =>
      areSoldiers(c) &&
      c.hasNoUpper(2) &&
      c.hasNoUpper(1) &&
      c.hasNoUpper(0) &&
      opensWithinOrNear(c, 1) &&
      opensWithinOrNear(c, 0) &&
      c.body(1) > c.body(2) - c.mean(setting.far, 2) &&
      c.body(0) > c.body(1) - c.mean(setting.far, 1) &&
      c.isLongerThanShort(0)
        ? 100
        : 0,
  },
  {
    name: '3STARSINSOUTH',
    en: 'Three stars in the south',
    zh: '南方三星',
    formula:
      '100: long black with a long lower shadow, a smaller black inside its range, a small black marubozu inside that',
    means: { bodyLong: [2], shadowLong: [2], shadowVeryShort: [1, 0], bodyShort: [0] },
    before: 2,
    found: (c) =>
      c.isBlack(2) &&
      c.isBlack(1) &&
      c.isBlack(0) &&
      c.isLong(2) &&
      c.hasLongLower(2) &&
      c.body(1) < c.body(2) &&
      c.opened(1) > c.closed(2) &&
      c.opened(1) <= c.highest(2) &&
      c.lowest(1) < c.closed(2) &&
      c.lowest(1) >= c.lowest(2) &&
      c.hasLower(1) &&
      c.isShort(0) &&
      c.isMarubozu(0) &&
      c.lowest(0) > c.lowest(1) &&
      c.highest(0) < c.highest(1)
        ? 100
        : 0,
  },
  {
    name: 'MORNINGSTAR',
    en: 'Morning star',
    zh: '早晨之星',
    formula: '100: long black, short body gapping down, white up into the first by more than penetration',
    means: { bodyLong: [2], bodyShort: [1, 0] },
    before: 2,
    penetration: 0.3,
    found: (c, penetration) =>
      c.isLong(2) && c.isBlack(2) && c.isAtMostShort(1) && c.gapsDown(1, 2) && risesBack(c, penetration) ? 100 : 0,
  },
  {
    name: 'MORNINGDOJISTAR',
    en: 'Morning doji star',
    zh: '十字晨星',
    formula: '100: long black, doji gapping down, white up into the first by more than penetration',
    means: { bodyLong: [2], bodyDoji: [1], bodyShort: [0] },
    before: 2,
    penetration: 0.3,
    found: (c, penetration) =>
      c.isLong(2) && c.isBlack(2) && c.isDoji(1) && c.gapsDown(1, 2) && risesBack(c, penetration) ? 100 : 0,
  },
  {
    name: 'STICKSANDWICH',
    en: 'Stick sandwich',
    zh: '条形三明治',
    formula: '100: black, white above its close, black that closes where the first did',
    means: { equal: [2] },
    before: 2,
    found: (c) =>
      c.isBlack(2) &&
      c.isWhite(1) &&
      c.isBlack(0) &&
      c.lowest(1) > c.closed(2) &&
      c.isWithin(setting.equal, 2, [c.closed(0), c.closed(2)])
        ? 100
        : 0,
  },
  {
    name: 'UNIQUE3RIVER',
    en: 'Unique three river',
    zh: '奇特三河床',
    formula: '100: long black, black inside it with a lower low, short white that opens above that low',
    means: { bodyLong: [2], bodyShort: [0] },
    before: 2,
    found: (c) =>
      c.isLong(2) &&
      c.isBlack(2) &&
      c.isBlack(1) &&
      c.closed(1) > c.closed(2) &&
      c.opened(1) <= c.opened(2) &&
      c.lowest(1) < c.lowest(2) &&
      c.isShort(0) &&
      c.isWhite(0) &&
      c.opened(0) > c.lowest(1)
        ? 100
        : 0,
  },
]

/** Patterns of three candles, each with one direction. */
export const candleTriplePatterns: readonly CandlePattern[] = [...bearish, ...bullish]
