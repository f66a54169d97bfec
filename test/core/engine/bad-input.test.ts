import { describe, expect, it } from 'vitest'
import { refuseBadBars } from '../../../core/data/run-bars.ts'
import { DomainError } from '../../../core/domain/errors.ts'
import type { CoarseBars } from '../../../core/engine/coarse-bars.ts'
import type { Instrument } from '../../../core/engine/instrument.ts'
import { modules } from '../../../core/engine/kernel.ts'
import { barsOf, type Candle } from '../../helpers/bars-of.ts'
import { runOn } from '../../helpers/run-on.ts'
import { saidInBothLanguages } from '../../helpers/sentences.ts'

const { Strategy, sma } = modules.tickwright
const flat: Candle = [100, 101, 99, 100]
const days = (count: number) => Array.from({ length: count }, () => flat)

/** Code, values and the English sentence of what is thrown; both languages are proved whole. */
function told(work: () => unknown) {
  try {
    work()
  } catch (failure) {
    if (failure instanceof DomainError)
      return { code: failure.code, ...failure.data, said: saidInBothLanguages(failure) }
    throw failure
  }
  throw new Error('nothing was thrown')
}

class Averages extends Strategy {
  override onStart() {
    this.each((i) => i.use('average', sma(i.close, 50)))
  }
  override onBar(i: Instrument) {
    if (i.flat) i.buy(1)
  }
}

describe('an indicator longer than the data', () => {
  it('is told before the first bar, with what is missing', () => {
    expect(told(() => runOn({ default: Averages }, [barsOf(days(49))]))).toMatchObject({
      code: 'indicator.too-long',
      instrument: 'SIM-1',
      need: 50,
      bars: 49,
      said: expect.stringMatching(/need 50 bars before the first decision, and there are 49/),
    })
    expect(runOn({ default: Averages }, [barsOf(days(51))]).counts.fills).toBe(1)
  })

  it('of one instrument among others is said in the log, the rest goes on', () => {
    const { counts, log } = runOn({ default: Averages }, [barsOf(days(60)), barsOf(days(20))])
    expect(counts.fills).toBe(1)
    expect(log.map(({ text }) => text)).toEqual(['SIM-2: its lines need 50 bars, there are 20; onBar is never called.'])
  })

  it('of coarse bars counts too', () => {
    class Weekly extends Strategy {
      override onStart() {
        this.each((i) => {
          const weeks = i.coarse('1d')
          weeks.use('average', sma(weeks.close, 4))
        })
      }
      override onCoarseBar(_: CoarseBars) {}
    }
    const minutes = barsOf(days(3 * 1440), undefined, 60_000)
    expect(told(() => runOn({ default: Weekly }, [minutes]))).toMatchObject({ code: 'indicator.too-long', need: 4 })
  })

  it('profile backtrader runs and does nothing, as upstream does', () => {
    const upstream = { profile: 'backtrader', fillPolicy: 'backtrader' } as const
    expect(runOn({ default: Averages }, [barsOf(days(49))], upstream).counts).toMatchObject({ bars: 49, orders: 0 })
  })
})

describe('bars that no run can be trusted on', () => {
  const record = (id: string) => ({ id, zone: 'UTC' })
  const day = (n: number) => Date.UTC(2020, 0, n)

  it('a bar that goes back in time is named', () => {
    const bars = barsOf(days(4))
    bars.time[2] = day(1)
    expect(told(() => refuseBadBars([{ record: record('SPX'), bars }]))).toMatchObject({
      code: 'data.disorder',
      said: expect.stringMatching(/^SPX: bar 3 \(2020-01-01\) does not come after the one before it/),
    })
  })

  it('a bar twice is one of them', () => {
    const bars = barsOf(days(4))
    bars.time[3] = bars.time[2] as number
    expect(told(() => refuseBadBars([{ record: record('SPX'), bars }]))).toMatchObject({
      code: 'data.disorder',
      bar: 4,
    })
  })

  it('instruments without a common day are named', () => {
    const parts = [
      { record: record('OLD'), bars: barsOf(days(3), day(1)) },
      { record: record('LONG'), bars: barsOf(days(30), day(1)) },
      { record: record('NEW'), bars: barsOf(days(3), day(10)) },
    ]
    expect(told(() => refuseBadBars(parts))).toMatchObject({
      code: 'data.no-overlap',
      said: expect.stringMatching(/^OLD ends before NEW begins/),
    })
    expect(() => refuseBadBars(parts.slice(0, 2))).not.toThrow()
  })
})
