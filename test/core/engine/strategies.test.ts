import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTypeChecker } from '../../../core/node/strategy/type-check.ts'
import { makeBars } from '../../bench/make-bars.ts'
import { loadStrategy } from '../../helpers/load-strategy.ts'
import { runOn } from '../../helpers/run-on.ts'

const folder = join(import.meta.dirname, '../../../resources/strategies')
const declarations = readFileSync(join(folder, '../api/tickwright.d.ts'), 'utf8')
const templates = readdirSync(folder).filter((name) => name.endsWith('.ts'))
const checker = createTypeChecker(declarations, dirname(createRequire(import.meta.url).resolve('typescript6')))

/** The strategy of DESIGN section 6, word for word, after its import line. */
const designExample = `
import { Strategy, param, sma, crossedAbove, crossedBelow, type Instrument, type Order } from 'tickwright'

export default class SmaCross extends Strategy {
  static params = { fast: param.int(10, { min: 2, max: 100 }), slow: param.int(30, { min: 5, max: 300 }) }

  onStart() { this.each(i => { i.use('fast', sma(i.close, this.p.fast)); i.use('slow', sma(i.close, this.p.slow)) }) }

  onBar(i: Instrument) {
    if (i.flat && crossedAbove(i.fast, i.slow)) i.buy(100).target(i.last * 1.05).stop(i.last * 0.95)
    else if (i.long && crossedBelow(i.fast, i.slow)) i.exit()
  }

  onFill(i: Instrument, order: Order) { this.notify(\`\${i} \${order.side} \${order.filled} @ \${order.averagePrice}\`) }
}
`

const fullyTyped = `
import { crossedAbove, type Instrument, param, Strategy, sma } from 'tickwright'

export default class Typed extends Strategy<typeof Typed.params, 'fast' | 'slow'> {
  static params = { fast: param.int(10), kind: param.choice('sma', ['sma', 'ema']) }
  onStart() { this.each((i) => { i.use('fast', sma(i.close, this.p.fast)); i.use('slow', sma(i.close, 30)) }) }
  onBar(i: Instrument<'fast' | 'slow'>) {
    const kind: 'sma' | 'ema' = this.p.kind
    if (kind === 'sma' && i.flat && crossedAbove(i.fast, i.slow)) i.buy()
  }
}
`

function problemsOf(text: string) {
  return checker.check({ entry: 'strategy.ts', sources: { 'strategy.ts': text } }).map(({ message }) => message)
}

describe('the strategies that come with the product', () => {
  it('are there', () => expect(templates).toEqual(['breakout-bracket.ts', 'rsi-reversion.ts', 'sma-cross.ts']))

  for (const name of templates) {
    const text = readFileSync(join(folder, name), 'utf8')

    it(`${name} says its title in the first line`, () => expect(text).toMatch(/^\/\/ \S.+\n/))

    it(`${name} has no type error`, () => expect(problemsOf(text)).toEqual([]))

    it(`${name} trades on a simulated market`, async () => {
      const result = runOn(await loadStrategy(text), [makeBars(20_000, 1)])
      expect(result.counts.trades).toBeGreaterThan(0)
      expect(result.trades.rows).toBe(result.counts.trades)
    })
  }
})

describe('the example of the design', () => {
  it('has no type error', () => expect(problemsOf(designExample)).toEqual([]))

  it('runs word for word and tells its fills', async () => {
    const result = runOn(await loadStrategy(designExample), [makeBars(5_000, 1)])
    expect(result.counts.fills).toBeGreaterThan(10)
    expect(result.log.length).toBe(result.counts.fills)
    expect(result.log[0]?.text).toMatch(/^SIM-1 buy 100 @ \d+\.\d+$/)
  })
})

describe('the declarations that users see', () => {
  it('know every parameter and line by name in the fully typed form', () => expect(problemsOf(fullyTyped)).toEqual([]))

  it('refuse an unknown line in the fully typed form', () => {
    expect(problemsOf(fullyTyped.replace('i.fast, i.slow', 'i.fast, i.slower'))).toHaveLength(1)
  })

  it('refuse a text where an order wants a number', () => {
    expect(problemsOf(designExample.replace('i.buy(100)', "i.buy('100')"))).toHaveLength(1)
  })
})
