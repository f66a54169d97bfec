import { describe, expect, it } from 'vitest'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules } from '../../../core/engine/kernel.ts'
import type { StepPhase } from '../../../core/engine/strategy.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { runOn } from '../../helpers/run-on.ts'

const { Strategy, sma } = modules.tickwright
const flat: Candle = [100, 101, 99, 100]
const day = (n: number) => Date.UTC(2020, 0, n)

describe('onStep', () => {
  /** Phases of a run over two instruments, the second of which starts two days later; each needs two bars. */
  function phases(profile: 'default' | 'backtrader'): string[] {
    const told: StepPhase[] = []
    class Steps extends Strategy {
      override onStart() {
        this.each((i) => i.use('average', sma(i.close, 2)))
      }
      override onStep(phase: StepPhase) {
        told.push(phase)
      }
    }
    const late = barsOf([flat, flat], day(3), 2 * 86_400_000)
    runOn({ default: Steps }, [barsOf([flat, flat, flat, flat, flat, flat, flat]), late], {
      profile,
      fillPolicy: profile === 'default' ? 'pessimistic' : 'backtrader',
    })
    return told
  }

  it('comes once a step: warm-up until all have their lines, first once, then running', () =>
    expect(phases('default')).toEqual([...Array(5).fill('warm-up'), 'first', 'running']))

  it('profile backtrader: first as long as the slowest stands on its first value (L-21, L-22)', () =>
    expect(phases('backtrader')).toEqual([...Array(5).fill('warm-up'), 'first', 'first']))

  it('comes after the bars of all instruments, and can trade any of them', () => {
    const told: string[] = []
    class Order extends Strategy {
      override onBar(i: Instrument) {
        told.push(`${i}`)
      }
      override onStep() {
        told.push('step')
        for (const i of this.instruments) if (i.flat) i.buy(1)
      }
    }
    const { counts } = runOn({ default: Order }, [barsOf([flat, flat]), barsOf([flat, flat])])
    expect(told.slice(0, 3)).toEqual(['SIM-1', 'SIM-2', 'step'])
    expect(counts.fills).toBe(2)
  })
})

describe('cheat-on-open', () => {
  const bars = barsOf([[100, 101, 99, 100], [104, 110, 103, 109], flat])

  it('onOpen sees the open and nothing more of the bar; its order fills there', () => {
    const seen: unknown[] = []
    class Open extends Strategy {
      override onOpen(i: Instrument, open: number) {
        seen.push([open, i.close.now, i.barCount, this.now])
        if (i.flat) i.buy(1)
      }
    }
    const { fills, orders } = runOn({ default: Open }, [bars], { broker: { cheatOnOpen: true } })
    expect(seen[0]).toEqual([104, 100, 1, day(2)])
    expect([fills.columns.price?.[0], fills.columns.time?.[0]]).toEqual([104, day(2)])
    expect(orders.columns.createdTime?.[0]).toBe(day(2))
  })

  it('profile backtrader shows the whole bar (upstream’s next_open)', () => {
    const seen: number[] = []
    class Open extends Strategy {
      override onOpen(i: Instrument) {
        seen.push(i.close.now)
      }
    }
    runOn({ default: Open }, [bars], { broker: { cheatOnOpen: true }, profile: 'backtrader', fillPolicy: 'backtrader' })
    expect(seen).toEqual([100, 109, 100])
  })

  it('is not called without it, and the log says so', () => {
    class Open extends Strategy {
      override onOpen() {
        throw new Error('called')
      }
    }
    const { counts, log } = runOn({ default: Open }, [bars])
    expect(counts.bars).toBe(3)
    expect(log.map(({ text }) => text)).toEqual(['onOpen is not called: the run has no cheat-on-open.'])
  })
})

it('cheat-on-close fills at the close of the bar that decided', () => {
  class Close extends Strategy {
    override onBar(i: Instrument) {
      if (i.barCount === 2) i.buy(1)
    }
  }
  const bars = barsOf([flat, [104, 110, 103, 109], flat])
  expect(runOn({ default: Close }, [bars], { broker: { cheatOnClose: true } }).fills.columns.price?.[0]).toBe(109)
})

describe('deposits and withdrawals', () => {
  it('are booked with the next bar and leave the fund value alone', () => {
    const seen: number[][] = []
    class Money extends Strategy {
      override onBar(i: Instrument) {
        seen.push([this.cash, this.fundValue, this.fundShares])
        if (i.barCount === 1) this.deposit(500)
        if (i.barCount === 2) this.withdraw(250)
      }
    }
    runOn({ default: Money }, [barsOf([flat, flat, flat])], { cash: 1_000 })
    expect(seen).toEqual([
      [1_000, 100, 10],
      [1_500, 100, 15],
      [1_250, 100, 12.5],
    ])
  })

  it('need an amount above 0', () => {
    class Wrong extends Strategy {
      override onBar() {
        this.deposit(-5)
      }
    }
    expect(() => runOn({ default: Wrong }, [barsOf([flat])])).toThrow(expect.objectContaining({ code: 'cash.invalid' }))
  })
})

describe('needBars', () => {
  it('lets onBar wait, whatever the lines need', () => {
    const seen: number[] = []
    class Wait extends Strategy {
      override onStart() {
        this.each((i) => i.needBars(3))
      }
      override onBar(i: Instrument) {
        seen.push(i.barCount)
      }
    }
    runOn({ default: Wait }, [barsOf([flat, flat, flat, flat])])
    expect(seen).toEqual([3, 4])
  })

  it('takes whole numbers from 1', () => {
    class Wrong extends Strategy {
      override onStart() {
        this.each((i) => i.needBars(0))
      }
    }
    expect(() => runOn({ default: Wrong }, [barsOf([flat])])).toThrow(
      expect.objectContaining({ code: 'strategy.shape' }),
    )
  })
})
