/** What an indicator of any series may read from bars; hl2 is the middle, hlc3 the typical price, ohlc4 the mean. */
export const priceSources = ['close', 'open', 'high', 'low', 'hl2', 'hlc3', 'ohlc4', 'volume'] as const
export type PriceSource = (typeof priceSources)[number]
