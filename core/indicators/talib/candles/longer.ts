import { type Candles, candleSettings as setting } from './candles.ts'
import type { CandlePattern, PatternMemory } from './pattern.ts'

/** A candle opens inside the body before, give or take near. */
function opensAround(c: Candles, ago: number): boolean {
  const near = c.mean(setting.near, ago + 1)
  return c.opened(ago) >= c.bottom(ago + 1) - near && c.opened(ago) <= c.top(ago + 1) + near
}

function isStrike(c: Candles): boolean {
  if (c.isWhite(1)) {
    const isRising = c.closed(1) > c.closed(2) && c.closed(2) > c.closed(3)
    return isRising && c.opened(0) > c.closed(1) && c.closed(0) < c.opened(3)
  }
  const isFalling = c.closed(1) < c.closed(2) && c.closed(2) < c.closed(3)
  return isFalling && c.opened(0) < c.closed(1) && c.closed(0) > c.opened(3)
}

function breaksAway(c: Candles): boolean {
  if (c.isBlack(4)) {
    const isFalling = c.highest(2) < c.highest(3) && c.lowest(2) < c.lowest(3)
    const goesOn = c.highest(1) < c.highest(2) && c.lowest(1) < c.lowest(2)
    return c.gapsDown(3, 4) && isFalling && goesOn && c.closed(0) > c.opened(3) && c.closed(0) < c.closed(4)
  }
  const isRising = c.highest(2) > c.highest(3) && c.lowest(2) > c.lowest(3)
  const goesOn = c.highest(1) > c.highest(2) && c.lowest(1) > c.lowest(2)
  return c.gapsUp(3, 4) && isRising && goesOn && c.closed(0) < c.opened(3) && c.closed(0) > c.closed(4)
}

/** Three short bodies after a long one. */
function rests(c: Candles): boolean {
  return c.isLong(4) && c.isShort(3) && c.isShort(2) && c.isShort(1)
}

function isInsideRange(c: Candles, ago: number, of: number): boolean {
  return c.bottom(ago) < c.highest(of) && c.top(ago) > c.lowest(of)
}

function holdsMat(c: Candles, penetration: number): boolean {
  const floor = c.closed(4) - c.body(4) * penetration
  const isHeld = c.bottom(2) < c.closed(4) && c.bottom(1) < c.closed(4) && c.bottom(2) > floor && c.bottom(1) > floor
  const isFalling = c.top(2) < c.opened(3) && c.top(1) < c.top(2)
  const breaksOut = c.opened(0) > c.closed(1) && c.closed(0) > Math.max(c.highest(3), c.highest(2), c.highest(1))
  return isHeld && isFalling && breaksOut
}

/**
 * An inside bar, then a bar that leaves it with both ends: a false break. It is confirmed where one of the next three
 * bars closes on the other side of the inside bar.
 */
class Hikkake implements PatternMemory {
  readonly #isModified: boolean
  /** Bars since the last pattern; more than three: none is waiting. */
  #since = 4
  #direction = 0

  constructor(isModified: boolean) {
    this.#isModified = isModified
  }

  restart(): void {
    this.#since = 4
    this.#direction = 0
  }

  found(c: Candles): number {
    this.#since++
    const found = this.#isModified ? modifiedHikkake(c) : hikkake(c, 0)
    if (found !== 0) {
      this.#direction = found
      this.#since = 0
      return 100 * found
    }
    if (this.#since > 3 || !this.#isConfirmed(c)) return 0
    this.#since = 4
    return 200 * this.#direction
  }

  #isConfirmed(c: Candles): boolean {
    const inside = this.#since + 1
    return this.#direction > 0 ? c.closed(0) > c.highest(inside) : c.closed(0) < c.lowest(inside)
  }
}

/** 1 for a break downwards that should fail, −1 upwards, 0 none. */
function hikkake(c: Candles, ago: number): number {
  if (!isInside(c, ago + 1)) return 0
  if (c.highest(ago) < c.highest(ago + 1) && c.lowest(ago) < c.lowest(ago + 1)) return 1
  return c.highest(ago) > c.highest(ago + 1) && c.lowest(ago) > c.lowest(ago + 1) ? -1 : 0
}

function isInside(c: Candles, ago: number): boolean {
  return c.highest(ago) < c.highest(ago + 1) && c.lowest(ago) > c.lowest(ago + 1)
}

/** The same after two inside bars, the first of which closes near the end that is broken. */
function modifiedHikkake(c: Candles): number {
  const found = isInside(c, 2) ? hikkake(c, 0) : 0
  const near = c.mean(setting.near, 2)
  if (found > 0) return c.closed(2) <= c.lowest(2) + near ? 1 : 0
  return found < 0 && c.closed(2) >= c.highest(2) - near ? -1 : 0
}

/** Patterns of four and five candles, and those with a memory. */
export const longerCandlePatterns: readonly CandlePattern[] = [
  {
    name: '3LINESTRIKE',
    en: 'Three-line strike',
    zh: '三线打击',
    formula:
      '±100 by the color of the first three, which go on; the fourth, of other color, closes beyond the first open',
    means: { near: [3, 2] },
    before: 3,
    found: (c) =>
      c.color(3) === c.color(2) &&
      c.color(2) === c.color(1) &&
      c.color(0) === -c.color(1) &&
      opensAround(c, 2) &&
      opensAround(c, 1) &&
      isStrike(c)
        ? 100 * c.color(1)
        : 0,
  },
  {
    name: 'CONCEALBABYSWALL',
    en: 'Concealing baby swallow',
    zh: '藏婴吞没',
    formula:
      '100: two black marubozu, a black one gapping down with an upper shadow into the second, a black one around it',
    means: { shadowVeryShort: [3, 2, 1] },
    before: 3,
    found: (c) =>
      c.isBlack(3) &&
      c.isBlack(2) &&
      c.isBlack(1) &&
      c.isBlack(0) &&
      c.isMarubozu(3) &&
      c.isMarubozu(2) &&
      c.gapsDown(1, 2) &&
      c.hasUpper(1) &&
      c.highest(1) > c.closed(2) &&
      c.highest(0) > c.highest(1) &&
      c.lowest(0) < c.lowest(1)
        ? 100
        : 0,
  },
  {
    name: 'BREAKAWAY',
    en: 'Breakaway',
    zh: '脱离',
    formula: '±100 by the color of the fifth, which closes inside the gap that the second made after a long first',
    means: { bodyLong: [4] },
    before: 4,
    found: (c) =>
      c.isLong(4) &&
      c.color(4) === c.color(3) &&
      c.color(3) === c.color(1) &&
      c.color(1) === -c.color(0) &&
      breaksAway(c)
        ? 100 * c.color(0)
        : 0,
  },
  {
    name: 'LADDERBOTTOM',
    en: 'Ladder bottom',
    zh: '梯底',
    formula:
      '100: three falling black candles, a black one with an upper shadow, a white one that closes above its high',
    means: { shadowVeryShort: [1] },
    before: 4,
    found: (c) =>
      c.isBlack(4) &&
      c.isBlack(3) &&
      c.isBlack(2) &&
      c.opened(4) > c.opened(3) &&
      c.opened(3) > c.opened(2) &&
      c.closed(4) > c.closed(3) &&
      c.closed(3) > c.closed(2) &&
      c.isBlack(1) &&
      c.hasUpper(1) &&
      c.isWhite(0) &&
      c.opened(0) > c.opened(1) &&
      c.closed(0) > c.highest(1)
        ? 100
        : 0,
  },
  {
    name: 'MATHOLD',
    en: 'Mat hold',
    zh: '铺垫',
    formula:
      '100: long white, three short ones that gap up and sink no deeper than penetration, white above their highs',
    means: { bodyLong: [4], bodyShort: [3, 2, 1] },
    before: 4,
    penetration: 0.5,
    found: (c, penetration) =>
      rests(c) && c.isWhite(4) && c.isBlack(3) && c.isWhite(0) && c.gapsUp(3, 4) && holdsMat(c, penetration) ? 100 : 0,
  },
  {
    name: 'RISEFALL3METHODS',
    en: 'Rising/falling three methods',
    zh: '上升/下降三法',
    formula:
      '±100 by the color of the first: long, three short ones against it inside its range, long beyond its close',
    means: { bodyLong: [4, 0], bodyShort: [3, 2, 1] },
    before: 4,
    found(c) {
      const side = c.color(4)
      const isRest = c.color(3) === -side && c.color(2) === -side && c.color(1) === -side && c.color(0) === side
      if (!(rests(c) && c.isLong(0) && isRest)) return 0
      if (!(isInsideRange(c, 3, 4) && isInsideRange(c, 2, 4) && isInsideRange(c, 1, 4))) return 0
      const isFading = c.closed(2) * side < c.closed(3) * side && c.closed(1) * side < c.closed(2) * side
      const goesOn = c.opened(0) * side > c.closed(1) * side && c.closed(0) * side > c.closed(4) * side
      return isFading && goesOn ? 100 * side : 0
    },
  },
  {
    name: 'HIKKAKE',
    en: 'Hikkake pattern',
    zh: '陷阱',
    formula:
      '±100: an inside bar broken with both ends, a false break; ±200 where one of the next three bars confirms it',
    means: {},
    before: 5,
    early: 3,
    make: () => new Hikkake(false),
  },
  {
    name: 'HIKKAKEMOD',
    en: 'Modified hikkake pattern',
    zh: '修正陷阱',
    formula:
      '±100: two inside bars, the first closing near the end that is broken; ±200 where one of the next three bars confirms',
    means: { near: [2] },
    before: 5,
    early: 3,
    make: () => new Hikkake(true),
  },
]
