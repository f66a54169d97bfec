import { type Candles, candleSettings as setting } from './candles.ts'
import type { CandlePattern } from './pattern.ts'

function isAbandoned(c: Candles, penetration: number): boolean {
  if (c.isWhite(2)) {
    const isBack = c.isBlack(0) && c.closed(0) < c.closed(2) - c.body(2) * penetration
    return isBack && c.leapsUp(1, 2) && c.leapsDown(0, 1)
  }
  const isBack = c.isWhite(0) && c.closed(0) > c.closed(2) + c.body(2) * penetration
  return isBack && c.leapsDown(1, 2) && c.leapsUp(0, 1)
}

function isTasukiUp(c: Candles): boolean {
  const opensInside = c.opened(0) < c.closed(1) && c.opened(0) > c.opened(1)
  return (
    c.gapsUp(1, 2) && c.isWhite(1) && c.isBlack(0) && opensInside && c.closed(0) < c.opened(1) && c.closed(0) > c.top(2)
  )
}

function isTasukiDown(c: Candles): boolean {
  const opensInside = c.opened(0) < c.opened(1) && c.opened(0) > c.closed(1)
  return (
    c.gapsDown(1, 2) &&
    c.isBlack(1) &&
    c.isWhite(0) &&
    opensInside &&
    c.closed(0) > c.opened(1) &&
    c.closed(0) < c.bottom(2)
  )
}

/** Patterns of three candles that exist for both directions. */
export const candleTurnPatterns: readonly CandlePattern[] = [
  {
    name: '3INSIDE',
    en: 'Three inside up/down',
    zh: '三内部上涨和下跌',
    formula:
      '±100 against the color of the first: a short body inside a long one, then a close beyond the open of the first',
    means: { bodyLong: [2], bodyShort: [1] },
    before: 2,
    found(c) {
      if (!(c.isLong(2) && c.isAtMostShort(1) && c.top(1) < c.top(2) && c.bottom(1) > c.bottom(2))) return 0
      const isOut = c.isWhite(2) ? c.isBlack(0) && c.closed(0) < c.opened(2) : c.isWhite(0) && c.closed(0) > c.opened(2)
      return isOut ? -100 * c.color(2) : 0
    },
  },
  {
    name: '3OUTSIDE',
    en: 'Three outside up/down',
    zh: '三外部上涨和下跌',
    formula: '±100 by the color of the second, which engulfs the first; the third closes further on',
    means: {},
    before: 3,
    found(c) {
      if (c.isWhite(1) && c.isBlack(2) && c.closed(1) > c.opened(2) && c.opened(1) < c.closed(2))
        return c.closed(0) > c.closed(1) ? 100 : 0
      if (c.isBlack(1) && c.isWhite(2) && c.opened(1) > c.closed(2) && c.closed(1) < c.opened(2))
        return c.closed(0) < c.closed(1) ? -100 : 0
      return 0
    },
  },
  {
    name: 'ABANDONEDBABY',
    en: 'Abandoned baby',
    zh: '弃婴',
    formula:
      '±100 by the color of the third: long, doji beyond a gap, back over a gap into the first by more than penetration',
    means: { bodyLong: [2], bodyDoji: [1], bodyShort: [0] },
    before: 2,
    penetration: 0.3,
    found: (c, penetration) =>
      c.isLong(2) && c.isDoji(1) && c.isLongerThanShort(0) && isAbandoned(c, penetration) ? 100 * c.color(0) : 0,
  },
  {
    name: 'TRISTAR',
    en: 'Tristar pattern',
    zh: '三星',
    formula: '±100: three doji, the second gapping away, the third on its way back',
    means: { bodyDoji: [2] },
    before: 2,
    found(c) {
      const doji = c.mean(setting.bodyDoji, 2)
      if (!(c.body(2) <= doji && c.body(1) <= doji && c.body(0) <= doji)) return 0
      if (c.gapsUp(1, 2) && c.top(0) < c.top(1)) return -100
      return c.gapsDown(1, 2) && c.bottom(0) > c.bottom(1) ? 100 : 0
    },
  },
  {
    name: 'GAPSIDESIDEWHITE',
    en: 'Up/down-gap side-by-side white lines',
    zh: '向上/向下跳空并列阳线',
    formula: '±100 by the gap: two white candles of equal open and like size beyond a gap',
    means: { near: [1], equal: [1] },
    before: 2,
    found(c) {
      const isUp = c.gapsUp(1, 2)
      if (!(isUp ? c.gapsUp(0, 2) : c.gapsDown(1, 2) && c.gapsDown(0, 2))) return 0
      const isAlike =
        c.isWithin(setting.near, 1, [c.body(0), c.body(1)]) && c.isWithin(setting.equal, 1, [c.opened(0), c.opened(1)])
      if (!(c.isWhite(1) && c.isWhite(0) && isAlike)) return 0
      return isUp ? 100 : -100
    },
  },
  {
    name: 'TASUKIGAP',
    en: 'Tasuki gap',
    zh: '跳空并列阴阳线',
    formula: '±100 by the color of the second, which gaps away; the third, of like size, closes inside the gap',
    means: { near: [1] },
    before: 2,
    found: (c) =>
      (isTasukiUp(c) || isTasukiDown(c)) && Math.abs(c.body(1) - c.body(0)) < c.mean(setting.near, 1)
        ? 100 * c.color(1)
        : 0,
  },
  {
    name: 'XSIDEGAP3METHODS',
    en: 'Upside/downside gap three methods',
    zh: '上升/下降跳空三法',
    formula:
      '±100 by the color of the first: two of one color with a gap between, the third from the second body into the first',
    means: {},
    before: 2,
    found: (c) =>
      c.color(2) === c.color(1) &&
      c.color(1) === -c.color(0) &&
      c.opened(0) < c.top(1) &&
      c.opened(0) > c.bottom(1) &&
      c.closed(0) < c.top(2) &&
      c.closed(0) > c.bottom(2) &&
      (c.isWhite(2) ? c.gapsUp(1, 2) : c.gapsDown(1, 2))
        ? 100 * c.color(2)
        : 0,
  },
]
