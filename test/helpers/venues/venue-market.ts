/** One print of the market, as its tape has it. */
export interface VenueTrade {
  readonly id: number
  readonly time: number
  readonly price: number
  readonly size: number
  readonly buyerIsMaker: boolean
}

export interface VenueBar {
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly trades: number
}

export interface VenueSymbol {
  readonly id: string
  readonly base: string
  readonly quote: string
  /** Price that it moves around. */
  readonly around: number
  readonly tickSize: number
  readonly lotSize: number
}

export const minuteMs = 60_000
const periods = [5 * minuteMs, 37 * minuteMs, 5 * 3_600_000, 3 * 86_400_000, 45 * 86_400_000]

/**
 * The market behind a stand-in: a closed form of time, so that any minute's tape is the same whether it is asked for
 * as history, as bars, or comes live. Its prices are invented and look it.
 */
export class VenueMarket {
  readonly symbols: readonly VenueSymbol[]
  /** What a test makes of its prices: each is multiplied by it. */
  level = 1
  readonly #perMinute: number

  /** `perMinute`: prints of a busy minute. */
  constructor(symbols: readonly VenueSymbol[], perMinute = 40) {
    this.symbols = symbols
    this.#perMinute = perMinute
  }

  symbol(id: string): VenueSymbol | undefined {
    return this.symbols.find((symbol) => symbol.id === id)
  }

  /** The price that the tape is around at a time, on the tick. */
  priceAt(symbol: VenueSymbol, time: number): number {
    const seed = hash(symbol.id)
    let swing = 0
    for (const [index, period] of periods.entries()) {
      swing += 0.002 * (index + 1) * Math.sin((2 * Math.PI * time) / period + fraction(seed + index) * 6)
    }
    return onStep(symbol.around * this.level * Math.exp(swing), symbol.tickSize)
  }

  /** Prints with time in [from, to). */
  trades(symbol: VenueSymbol, from: number, to: number): VenueTrade[] {
    const trades: VenueTrade[] = []
    for (let minute = Math.floor(from / minuteMs); minute * minuteMs < to; minute++) {
      for (const trade of this.#minute(symbol, minute)) {
        if (trade.time >= from && trade.time < to) trades.push(trade)
      }
    }
    return trades
  }

  /** Bars of `intervalMs` (a multiple of a minute) with open time in [from, to); a minute without prints has none. */
  bars(symbol: VenueSymbol, intervalMs: number, from: number, to: number): VenueBar[] {
    const bars: VenueBar[] = []
    for (let time = Math.ceil(from / intervalMs) * intervalMs; time < to; time += intervalMs) {
      const bar = barOf(time, this.trades(symbol, time, time + intervalMs))
      if (bar !== undefined) bars.push(bar)
    }
    return bars
  }

  /** Best prices at a time; the spread is one to four ticks. */
  quote(symbol: VenueSymbol, time: number): { bid: number; ask: number; bidSize: number; askSize: number } {
    const step = Math.floor(time / 250)
    const wide = Math.floor(fraction(hash(symbol.id) + step) * 3)
    const middle = this.priceAt(symbol, time)
    const size = (salt: number) => onStep((1 + 9 * fraction(step * 7 + salt)) * symbol.lotSize * 10, symbol.lotSize)
    return {
      bid: onStep(middle - symbol.tickSize * (1 + wide), symbol.tickSize),
      ask: onStep(middle + symbol.tickSize, symbol.tickSize),
      bidSize: size(1),
      askSize: size(2),
    }
  }

  /** `levels` prices a side, best first, as [price, size]. */
  depth(symbol: VenueSymbol, time: number, levels: number): { bids: [number, number][]; asks: [number, number][] } {
    const { bid, ask } = this.quote(symbol, time)
    const level = (price: number, index: number): [number, number] => [
      onStep(price, symbol.tickSize),
      onStep(symbol.lotSize * 10 * (1 + index + 3 * fraction(Math.floor(time / 500) + index * 31)), symbol.lotSize),
    ]
    const indices = Array.from({ length: levels }, (_, index) => index)
    return {
      bids: indices.map((index) => level(bid - index * symbol.tickSize, index)),
      asks: indices.map((index) => level(ask + index * symbol.tickSize, index)),
    }
  }

  #minute(symbol: VenueSymbol, minute: number): VenueTrade[] {
    const seed = hash(symbol.id) + minute
    const count = 10 + Math.floor(fraction(seed) * (this.#perMinute - 10))
    const offsets = Array.from({ length: count }, (_, index) => Math.floor(fraction(seed * 3 + index) * minuteMs))
    return offsets
      .sort((a, b) => a - b)
      .map((offset, index) => {
        const time = minute * minuteMs + offset
        const noise = fraction(seed * 5 + index)
        const jitter = Math.round((noise - 0.5) * 4) * symbol.tickSize
        return {
          id: minute * 10_000 + index,
          time,
          price: onStep(this.priceAt(symbol, time) + jitter, symbol.tickSize),
          size: onStep(symbol.lotSize * (1 + Math.floor(noise * 500)), symbol.lotSize),
          buyerIsMaker: noise < 0.5,
        }
      })
  }
}

/** The bar of some prints; undefined when there are none. */
export function barOf(time: number, trades: readonly VenueTrade[]): VenueBar | undefined {
  const [first] = trades
  const last = trades.at(-1)
  if (first === undefined || last === undefined) return undefined
  const prices = trades.map(({ price }) => price)
  return {
    time,
    open: first.price,
    high: Math.max(...prices),
    low: Math.min(...prices),
    close: last.price,
    volume: trades.reduce((sum, { size }) => sum + size, 0),
    trades: trades.length,
  }
}

/** The nearest multiple of a step, with the digits that the step has. */
export function onStep(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toFixed(decimalsOf(step)))
}

export function decimalsOf(step: number): number {
  return Math.max(0, Math.round(-Math.log10(step) + 0.499))
}

function hash(text: string): number {
  let value = 7
  for (const letter of text) value = (value * 31 + letter.charCodeAt(0)) % 1_000_003
  return value
}

/** A number in [0, 1) that looks random and is not. */
function fraction(seed: number): number {
  let word = Math.imul(seed ^ (seed / 4_294_967_296), 0x9e3779b1) >>> 0
  word = Math.imul(word ^ (word >>> 15), 0x85ebca6b) >>> 0
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35) >>> 0
  return ((word ^ (word >>> 16)) >>> 0) / 4_294_967_296
}

export const standInSymbols: readonly VenueSymbol[] = [
  { id: 'BTCUSDT', base: 'BTC', quote: 'USDT', around: 64_000, tickSize: 0.01, lotSize: 0.00001 },
  { id: 'ETHUSDT', base: 'ETH', quote: 'USDT', around: 3_200, tickSize: 0.01, lotSize: 0.0001 },
  { id: 'SOLUSDT', base: 'SOL', quote: 'USDT', around: 150, tickSize: 0.05, lotSize: 0.001 },
]
