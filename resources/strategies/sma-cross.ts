// SMA cross
import { crossedAbove, crossedBelow, type Instrument, type Order, param, Strategy, sma } from 'tickwright'

export default class SmaCross extends Strategy {
  static params = { fast: param.int(10, { min: 2, max: 100 }), slow: param.int(30, { min: 5, max: 300 }) }

  onStart() {
    this.each((i) => {
      i.use('fast', sma(i.close, this.p.fast))
      i.use('slow', sma(i.close, this.p.slow))
    })
  }

  onBar(i: Instrument) {
    if (i.flat && crossedAbove(i.fast, i.slow))
      i.buy(100)
        .target(i.last * 1.05)
        .stop(i.last * 0.95)
    else if (i.long && crossedBelow(i.fast, i.slow)) i.exit()
  }

  onFill(i: Instrument, order: Order) {
    this.notify(`${i} ${order.side} ${order.filled} @ ${order.averagePrice}`)
  }
}
