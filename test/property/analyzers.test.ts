import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze, observe } from '../../core/reports/analyzers/catalogue.ts'
import { timeFrames } from '../../core/reports/analyzers/time-frames.ts'
import { runOf } from '../helpers/sketched-run.ts'

const values = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 200 })
const steps = fc.constantFrom(1000, 60_000, 300_000, 3_600_000, 86_400_000, 7 * 86_400_000)
const begin = fc.constantFrom('2019-12-28T22:31:07', '2020-02-28T00:00:00', '1999-12-31T23:59:59')
const runs = fc
  .record({ value: values, stepMs: steps, from: begin, decision: fc.nat(50) })
  .map(({ decision, ...sketch }) => ({ ...runOf(sketch), decisionRow: Math.min(decision, sketch.value.length - 1) }))
const lengths = fc.record({ timeframe: fc.constantFrom(...timeFrames), compression: fc.integer({ min: 1, max: 90 }) })

const figuresOf = (analysis: unknown) => Object.values(analysis as Record<string, number>)

describe('whatever the curve and the calendar', () => {
  test('the returns of the periods make up the return of the run', () => {
    fc.assert(
      fc.property(runs, lengths, (run, length) => {
        const growth = (run.value.at(-1) as number) / run.start
        const product = figuresOf(analyze(run, 'TimeReturn', length)).reduce((sum, change) => sum * (1 + change), 1)
        expect(product / growth).toBeCloseTo(1, 9)
        const logs = { ...length, compression: 1 }
        const sum = figuresOf(analyze(run, 'LogReturnsRolling', logs)).reduce((all, change) => all + change, 0)
        expect(sum).toBeCloseTo(Math.log(growth), 9)
      }),
    )
  })

  test('the statistics of the periods count every period once', () => {
    fc.assert(
      fc.property(runs, lengths, fc.boolean(), (run, length, zeroispos) => {
        const stats = analyze(run, 'PeriodStats', { ...length, zeroispos }) as Record<string, number>
        const counted = (stats.positive ?? 0) + (stats.negative ?? 0) + (stats.nochange ?? 0)
        expect(counted).toBe(figuresOf(analyze(run, 'TimeReturn', length)).length)
        expect(stats.best).toBeGreaterThanOrEqual(stats.average as number)
        expect(stats.worst).toBeLessThanOrEqual(stats.average as number)
      }),
    )
  })

  test('an observer ends where the analyzer of its name does', () => {
    fc.assert(
      fc.property(runs, lengths, (run, length) => {
        const { drawdown, max } = analyze(run, 'DrawDown') as { drawdown: number; max: Record<string, number> }
        const rows = { ...observe(run, 'DrawDown'), ...observe(run, 'DrawDownLength') }
        expect([rows.drawdown?.at(-1), rows.maxdrawdown?.at(-1), rows.maxlen?.at(-1)]).toEqual([
          drawdown,
          max.drawdown,
          max.len,
        ])
        const { timereturn } = observe(run, 'TimeReturn', length)
        expect(timereturn?.at(-1)).toBe(figuresOf(analyze(run, 'TimeReturn', length)).at(-1))
        expect(timereturn?.some(Number.isNaN)).toBe(false)
      }),
    )
  })

  test('nothing before the first decision counts when it is left out', () => {
    fc.assert(
      fc.property(runs, lengths, (run, length) => {
        const { timereturn, benchmark } = observe(run, 'Benchmark', length)
        const known = (column: Float64Array | undefined) => column?.findIndex((value) => !Number.isNaN(value))
        expect([known(timereturn), known(benchmark)]).toEqual([run.decisionRow, run.decisionRow])
        expect(benchmark?.[run.decisionRow]).toBe(0)
      }),
    )
  })
})
