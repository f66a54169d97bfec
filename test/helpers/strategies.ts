import { bundleStrategy } from '../../core/node/strategy/bundle.ts'
import type { CompiledStrategy } from '../../core/workstation/ports.ts'

/** Compiles the modules of a strategy; the first is its entry. */
export function compiled(modules: Readonly<Record<string, string>>): Promise<CompiledStrategy> {
  const [entry = ''] = Object.keys(modules)
  return bundleStrategy(entry, async (name) => modules[name])
}

/** A strategy file whose class has this body. */
export function strategyText(body: string, more = ''): string {
  return `import { Strategy, param, sma, crossedAbove, crossedBelow } from 'tickwright'
${more}
export default class Probe extends Strategy {
${body}
}
`
}

/** The moving-average cross of the tests: one unit in, one unit out. */
export const crossText = `import { crossedAbove, crossedBelow, type Instrument, param, sma, Strategy } from 'tickwright'

export default class SmaCross extends Strategy<typeof SmaCross.params, 'fast' | 'slow'> {
  static params = { fast: param.int(10, { min: 2, max: 100 }), slow: param.int(30, { min: 3, max: 300 }) }

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
