// RSI reversion
import { type Instrument, param, rsi, Strategy } from 'tickwright'

export default class RsiReversion extends Strategy {
  static params = {
    period: param.int(14, { min: 2, max: 60, help: 'Bars of the RSI' }),
    oversold: param.float(30, { min: 5, max: 50, step: 5, help: 'Buy below this level' }),
    recovered: param.float(55, { min: 40, max: 90, step: 5, help: 'Leave above this level' }),
    share: param.float(0.95, { min: 0.05, max: 1, step: 0.05, help: 'Part of the account in one position' }),
  }

  onStart() {
    this.each((i) => i.use('rsi', rsi(i.close, this.p.period)))
  }

  onBar(i: Instrument) {
    this.record('rsi', i.rsi.now)
    if (i.flat && i.rsi.now < this.p.oversold) i.targetPercent(this.p.share / this.instruments.length)
    else if (i.long && i.rsi.now > this.p.recovered) i.exit()
  }
}
