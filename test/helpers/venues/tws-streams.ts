import type { TwsSession, TwsStream } from './tws-session.ts'
import { barOf } from './venue-market.ts'

const depthLevels = 10
const barMs = 5_000

/** Sends each of a session's streams what happened since it was last told. */
export function tellStreams(session: TwsSession): void {
  const now = session.now()
  for (const [id, stream] of session.streams) {
    if (now <= stream.told) continue
    tell[stream.kind](session, id, stream, now)
    stream.told = now
  }
}

type Tell = (session: TwsSession, id: number, stream: TwsStream, now: number) => void

const tell: Readonly<Record<TwsStream['kind'], Tell>> = {
  last: ({ market, send }, id, { symbol, told }, now) => {
    for (const { time, price, size } of market.trades(symbol, told, now)) {
      send(99, id, 2, Math.floor(time / 1000), price, size, 0, 'SMART', '')
    }
  },
  'bid-ask': ({ market, send }, id, { symbol, told }, now) => {
    if (Math.floor(told / 250) === Math.floor(now / 250)) return
    const { bid, ask, bidSize, askSize } = market.quote(symbol, now)
    send(99, id, 3, Math.floor(now / 1000), bid, ask, bidSize, askSize, 0)
  },
  // Insert (0), update (1) at a position of a side (0 ask, 1 bid)
  depth: ({ market, send }, id, { symbol, shown }, now) => {
    const { bids, asks } = market.depth(symbol, now, depthLevels)
    for (const [side, levels] of [asks, bids].entries()) {
      for (const [position, [price, size]] of levels.entries()) {
        const key = `${side} ${position}`
        const text = `${price} ${size}`
        if (shown.get(key) === text) continue
        send(12, 1, id, position, shown.has(key) ? 1 : 0, side, price, size)
        shown.set(key, text)
      }
    }
  },
  bars: ({ market, send }, id, { symbol, told }, now) => {
    for (let end = (Math.floor(told / barMs) + 1) * barMs; end <= now; end += barMs) {
      const bar = barOf(end - barMs, market.trades(symbol, end - barMs, end))
      if (bar === undefined) continue
      send(50, 3, id, bar.time / 1000, bar.open, bar.high, bar.low, bar.close, bar.volume, bar.close, bar.trades)
    }
  },
}
