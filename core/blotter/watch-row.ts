import type { MarketMessage } from '../domain/market-message.ts'

/** The last figures of an instrument, each with its time; NaN where nothing was heard yet. */
export interface WatchRow {
  readonly instrument: string
  readonly last: number
  readonly lastSize: number
  readonly lastTime: number
  /** The last price when the watch began, or at the last change of day of the blotter. */
  readonly reference: number
  readonly bid: number
  readonly ask: number
  readonly bidSize: number
  readonly askSize: number
  readonly quoteTime: number
  readonly barTime: number
}

/** Keeps the last figures of one instrument. */
export class Watch {
  row: WatchRow

  constructor(instrument: string) {
    const none = Number.NaN
    this.row = {
      ...{ instrument, last: none, lastSize: none, lastTime: none, reference: none },
      ...{ bid: none, ask: none, bidSize: none, askSize: none, quoteTime: none, barTime: none },
    }
  }

  see(message: MarketMessage): void {
    switch (message.kind) {
      case 'tick': {
        if (message.time < this.row.lastTime) return
        const reference = Number.isNaN(this.row.reference) ? message.price : this.row.reference
        this.row = { ...this.row, last: message.price, lastSize: message.size, lastTime: message.time, reference }
        return
      }
      case 'quote': {
        const { bid, ask, bidSize, askSize, time: quoteTime } = message
        this.row = { ...this.row, bid, ask, bidSize, askSize, quoteTime }
        return
      }
      case 'bar':
        if (message.closed) this.row = { ...this.row, barTime: message.closeTime }
        return
      case 'book':
    }
  }
}
