// Breakout with bracket
import { atr, highest, type Instrument, param, Strategy } from 'tickwright'

export default class BreakoutBracket extends Strategy {
  static params = {
    lookback: param.int(20, { min: 5, max: 250, help: 'Bars whose high must be broken' }),
    risk: param.float(2, { min: 0.5, max: 6, step: 0.5, help: 'Distance of the stop in average true ranges' }),
    reward: param.float(3, { min: 0.5, max: 12, step: 0.5, help: 'Distance of the target in stop distances' }),
    riskShare: param.float(0.01, { min: 0.001, max: 0.05, step: 0.001, help: 'Part of the account lost at the stop' }),
  }

  onStart() {
    this.each((i) => {
      i.use('top', highest(i.high, this.p.lookback))
      i.use('range', atr(i, 14))
    })
  }

  onBar(i: Instrument) {
    if (!i.flat || i.orders.length > 0) return
    const entry = i.top.now
    const distance = this.p.risk * i.range.now
    const units = Math.floor(this.equity * Math.min(this.p.riskShare / distance, 0.95 / entry))
    if (units < 1) return
    i.buy(units)
      .stopEntry(entry)
      .stop(entry - distance)
      .target(entry + distance * this.p.reward)
      .valid('day')
  }
}
