const crossAtMarket = `import { crossedAbove, crossedBelow, type Instrument, param, sma, Strategy } from 'tickwright'

export default class CrossAtMarket extends Strategy<typeof CrossAtMarket.params, 'fast' | 'slow'> {
  static params = { fast: param.int(10), slow: param.int(30) }
  onStart() {
    this.each((i) => {
      i.use('fast', sma(i.close, this.p.fast))
      i.use('slow', sma(i.close, this.p.slow))
    })
  }
  onBar(i: Instrument<'fast' | 'slow'>) {
    if (i.flat && crossedAbove(i.fast, i.slow)) i.buy(1)
    else if (i.long && crossedBelow(i.fast, i.slow)) i.sell(1)
  }
}
`

/** The workloads as a user writes them: a strategy file, compiled and run in a realm as the product does. */
export const strategyTexts = {
  W1: crossAtMarket,
  W2: `import { crossedAbove, crossedBelow, type Instrument, type Order, param, sma, Strategy } from 'tickwright'

export default class CrossWithBracket extends Strategy<typeof CrossWithBracket.params, 'fast' | 'slow'> {
  static params = { fast: param.int(10), slow: param.int(30) }
  entry: Order | undefined
  onStart() {
    this.each((i) => {
      i.use('fast', sma(i.close, this.p.fast))
      i.use('slow', sma(i.close, this.p.slow))
    })
  }
  onBar(i: Instrument<'fast' | 'slow'>) {
    if (crossedAbove(i.fast, i.slow)) {
      if (!i.flat || this.entry?.working) return
      const limit = i.last * 0.999
      this.entry = i.buy(1).limit(limit).target(limit * 1.02).stop(limit * 0.99)
    } else if (crossedBelow(i.fast, i.slow)) this.entry?.cancel()
  }
}
`,
  W4: `import * as t from 'tickwright'

export default class TenIndicators extends t.Strategy {
  onStart() {
    this.each((i) => {
      const macd = t.macd(i.close)
      const bands = t.bollinger(i.close)
      const stochastic = t.stochastic(i)
      const lines = {
        sma: t.sma(i.close, 20), ema: t.ema(i.close, 20), rsi: t.rsi(i.close, 14),
        macd: macd.macd, signal: macd.signal, histogram: macd.histogram,
        middle: bands.middle, upper: bands.upper, lower: bands.lower,
        atr: t.atr(i, 14), k: stochastic.k, d: stochastic.d, cci: t.cci(i, 20), adx: t.adx(i, 14), obv: t.obv(i),
      }
      for (const [name, line] of Object.entries(lines)) i.use(name, line)
    })
  }
  onStop() {
    this.each((i) => {
      for (const name of names) this.log(name, i[name].now)
    })
  }
}
const names = ['sma', 'ema', 'rsi', 'macd', 'signal', 'histogram', 'middle', 'upper', 'lower', 'atr', 'k', 'd', 'cci', 'adx', 'obv']
`,
  W5: crossAtMarket,
} as const
