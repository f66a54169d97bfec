/** What of a candle a setting looks at. */
type Extent = 'body' | 'range' | 'shadows'

/** How long, short or near is decided: `factor` times the mean extent of the `period` candles before. */
export interface CandleSetting {
  readonly slot: number
  readonly extent: Extent
  readonly period: number
  readonly factor: number
}

/** TA-Lib's candle settings; a period of 0 looks at the candle itself. */
export const candleSettings = {
  bodyLong: { slot: 0, extent: 'body', period: 10, factor: 1 },
  bodyShort: { slot: 1, extent: 'body', period: 10, factor: 1 },
  bodyDoji: { slot: 2, extent: 'range', period: 10, factor: 0.1 },
  shadowLong: { slot: 3, extent: 'body', period: 0, factor: 1 },
  shadowVeryLong: { slot: 4, extent: 'body', period: 0, factor: 2 },
  shadowShort: { slot: 5, extent: 'shadows', period: 10, factor: 1 },
  shadowVeryShort: { slot: 6, extent: 'range', period: 10, factor: 0.1 },
  near: { slot: 7, extent: 'range', period: 5, factor: 0.2 },
  far: { slot: 8, extent: 'range', period: 5, factor: 0.6 },
  equal: { slot: 9, extent: 'range', period: 5, factor: 0.05 },
} as const satisfies Readonly<Record<string, CandleSetting>>

export type CandleSettingName = keyof typeof candleSettings

/** The most candles that a pattern has. */
const candlesKept = 5

/**
 * The candles up to the current one, as patterns speak of them: 0 is the current one, 1 the one before. White closes at
 * or above its open. The means of the settings are those before the candle spoken of.
 */
export class Candles {
  open: Float64Array = new Float64Array(0)
  high: Float64Array = new Float64Array(0)
  low: Float64Array = new Float64Array(0)
  close: Float64Array = new Float64Array(0)
  /** Index of the current candle. */
  index = 0
  readonly #sums = new Float64Array(10 * candlesKept)

  opened(ago: number): number {
    return this.open[this.index - ago] as number
  }

  highest(ago: number): number {
    return this.high[this.index - ago] as number
  }

  lowest(ago: number): number {
    return this.low[this.index - ago] as number
  }

  closed(ago: number): number {
    return this.close[this.index - ago] as number
  }

  body(ago: number): number {
    return Math.abs(this.closed(ago) - this.opened(ago))
  }

  range(ago: number): number {
    return this.highest(ago) - this.lowest(ago)
  }

  /** Upper and lower end of the body. */
  top(ago: number): number {
    return Math.max(this.opened(ago), this.closed(ago))
  }

  bottom(ago: number): number {
    return Math.min(this.opened(ago), this.closed(ago))
  }

  upperShadow(ago: number): number {
    return this.highest(ago) - this.top(ago)
  }

  lowerShadow(ago: number): number {
    return this.bottom(ago) - this.lowest(ago)
  }

  isWhite(ago: number): boolean {
    return this.closed(ago) >= this.opened(ago)
  }

  isBlack(ago: number): boolean {
    return this.closed(ago) < this.opened(ago)
  }

  /** 1 white, −1 black. */
  color(ago: number): number {
    return this.isWhite(ago) ? 1 : -1
  }

  isLong(ago: number): boolean {
    return this.body(ago) > this.mean(candleSettings.bodyLong, ago)
  }

  isShort(ago: number): boolean {
    return this.body(ago) < this.mean(candleSettings.bodyShort, ago)
  }

  /** Short, or just as long as the mean. */
  isAtMostShort(ago: number): boolean {
    return this.body(ago) <= this.mean(candleSettings.bodyShort, ago)
  }

  isLongerThanShort(ago: number): boolean {
    return this.body(ago) > this.mean(candleSettings.bodyShort, ago)
  }

  isDoji(ago: number): boolean {
    return this.body(ago) <= this.mean(candleSettings.bodyDoji, ago)
  }

  /** As good as no shadow above. */
  hasNoUpper(ago: number): boolean {
    return this.upperShadow(ago) < this.mean(candleSettings.shadowVeryShort, ago)
  }

  hasNoLower(ago: number): boolean {
    return this.lowerShadow(ago) < this.mean(candleSettings.shadowVeryShort, ago)
  }

  hasUpper(ago: number): boolean {
    return this.upperShadow(ago) > this.mean(candleSettings.shadowVeryShort, ago)
  }

  hasLower(ago: number): boolean {
    return this.lowerShadow(ago) > this.mean(candleSettings.shadowVeryShort, ago)
  }

  isMarubozu(ago: number): boolean {
    return this.hasNoUpper(ago) && this.hasNoLower(ago)
  }

  /** The shadow is longer than the body. */
  hasLongUpper(ago: number): boolean {
    return this.upperShadow(ago) > this.mean(candleSettings.shadowLong, ago)
  }

  hasLongLower(ago: number): boolean {
    return this.lowerShadow(ago) > this.mean(candleSettings.shadowLong, ago)
  }

  /** The body of a candle lies above that of another. */
  gapsUp(ago: number, from: number): boolean {
    return this.bottom(ago) > this.top(from)
  }

  gapsDown(ago: number, from: number): boolean {
    return this.top(ago) < this.bottom(from)
  }

  /** The whole candle lies above another. */
  leapsUp(ago: number, from: number): boolean {
    return this.lowest(ago) > this.highest(from)
  }

  leapsDown(ago: number, from: number): boolean {
    return this.highest(ago) < this.lowest(from)
  }

  /** A price is that of a candle, give or take the setting at that candle. */
  isWithin(setting: CandleSetting, ago: number, prices: readonly [number, number]): boolean {
    const [price, other] = prices
    const tolerance = this.mean(setting, ago)
    return price <= other + tolerance && price >= other - tolerance
  }

  /** What the setting means at a candle. */
  mean({ slot, extent, period, factor }: CandleSetting, ago: number): number {
    const mean = period === 0 ? this.extentOf(extent, ago) : (this.#sums[slot * candlesKept + ago] as number) / period
    return (factor * mean) / (extent === 'shadows' ? 2 : 1)
  }

  extentOf(extent: Extent, ago: number): number {
    if (extent === 'body') return this.body(ago)
    return extent === 'range' ? this.range(ago) : this.upperShadow(ago) + this.lowerShadow(ago)
  }

  clear(): void {
    this.#sums.fill(0)
  }

  /** Adds to the sum that a setting has at a candle. */
  add({ slot }: CandleSetting, ago: number, amount: number): void {
    const at = slot * candlesKept + ago
    this.#sums[at] = (this.#sums[at] as number) + amount
  }
}
