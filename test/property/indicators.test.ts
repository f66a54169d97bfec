import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indicatorCatalogue } from '../../core/indicators/catalogue.ts'
import {
  type IndicatorDefinition,
  type IndicatorParam,
  type IndicatorParams,
  type ParamValue,
  runKernel,
} from '../../core/indicators/definition.ts'
import { LineGraph } from '../../core/indicators/graph.ts'
import { columnOf } from '../../core/indicators/line.ts'
import { operatorDefinitions } from '../../core/indicators/operators.ts'
import { RollingSum } from '../../core/indicators/rolling-sum.ts'

/** Functions that no price is in the domain of: they get shares of 1. */
const ofShares = new Set(['talib-acos', 'talib-asin'])

const everything = [...indicatorCatalogue, ...operatorDefinitions]
const columnCount = Math.max(...everything.map(({ inputs }) => inputs.length))

/** Values that break naive kernels, next to ordinary ones. */
const hostileValue = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 1, max: 200, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 0, -0, -5, 1e-12, 1e12, -1e12, Number.POSITIVE_INFINITY) },
)

/** A series of stretches: flat ones make zero ranges and zero sums, single ones make jumps. */
const hostileSeries = fc
  .array(fc.tuple(hostileValue, fc.constantFrom(1, 1, 1, 2, 8)), { maxLength: 40 })
  .map((stretches) => Float64Array.from(stretches.flatMap(([value, bars]) => new Array<number>(bars).fill(value))))

/** As many columns as the hungriest definition takes, cut to one length. */
const hostileColumns = fc
  .array(hostileSeries, { minLength: columnCount, maxLength: columnCount })
  .map((columns) => columns.map((column) => column.slice(0, Math.min(...columns.map((each) => each.length)))))

function paramArbitrary(param: IndicatorParam): fc.Arbitrary<ParamValue> {
  switch (param.kind) {
    case 'integer':
      return fc.integer({ min: param.min, max: Math.min(param.max, Math.max(7, param.min + 2)) })
    case 'number':
      return fc.constantFrom(param.default, Math.max(param.min, Math.min(param.max, 1.5)))
    case 'choice':
      return fc.constantFrom(...param.choices)
    case 'flag':
      return fc.boolean()
  }
}

function paramsOf(definition: IndicatorDefinition): fc.Arbitrary<IndicatorParams> {
  return fc.record(Object.fromEntries(definition.params.map((param) => [param.name, paramArbitrary(param)])))
}

function run(
  definition: IndicatorDefinition,
  params: IndicatorParams,
  inputs: readonly Float64Array[],
  ends: (length: number) => readonly number[],
): Float64Array[] {
  const length = inputs[0]?.length ?? 0
  // Columns come from memory that other runs have used
  const left = ends === atOnce ? 0 : 777
  const outputs = definition.outputs.map(() => new Float64Array(length).fill(left))
  const taken = definition.inputs.map((_, index) => inputs[index] as Float64Array)
  const kernel = definition.create({ inputs: taken, outputs }, params)
  let from = 0
  for (const to of ends(length)) {
    runKernel(kernel, from, to)
    from = to
  }
  return outputs
}

const atOnce = (length: number) => [length]
const barByBar = (length: number) => Array.from({ length }, (_, index) => index + 1)

/** One value for each bar and input. */
const hostileShapes: Readonly<Record<string, (index: number, column: number) => number>> = {
  flat: () => 7,
  'zero throughout': () => 0,
  negative: (index, column) => -50 - (index % 5) - column,
  tiny: (index, column) => 1e-12 * (1 + (index % 3) + column),
  huge: (index, column) => 1e12 * (1 + (index % 4)) + column,
  'huge after tiny': (index) => (index % 10 < 5 ? 1e-12 : 1e12),
  'with long gaps': (index, column) => (index % 20 < 7 ? Number.NaN : 100 + (index % 6) + column),
  'with single gaps': (index, column) => (index % 11 === column ? Number.NaN : 100 + (index % 6) - column),
  'missing throughout': () => Number.NaN,
  'with infinities': (index) => (index % 13 === 12 ? Number.NEGATIVE_INFINITY : index),
}

/** Bars as a market makes them: high above low, open and close between, some volume, an hour apart; each moves on. */
const ordinaryBars = fc
  .array(fc.tuple(fc.double({ min: 90, max: 110, noNaN: true }), fc.double({ min: 0.1, max: 0.9, noNaN: true })), {
    minLength: 100,
    maxLength: 100,
  })
  .map((moves) => {
    const columns: Record<string, Float64Array> = {}
    const column = (name: string, read: (middle: number, share: number, index: number) => number) => {
      columns[name] = Float64Array.from(moves, ([middle, share], index) =>
        read(middle + (index % 2) * 23, share, index),
      )
    }
    column('open', (middle, share) => middle + 1 - share)
    column('high', (middle, share) => middle + 1 + share)
    column('low', (middle, share) => middle - 1 - share)
    column('close', (middle, share, index) => middle + (index % 3 === 0 ? share : -share))
    column('volume', (_middle, share) => 1_000 * share)
    column('line', (middle) => middle)
    column('second line', (middle, share) => middle * share)
    column('localTime', (_middle, _share, index) => Date.UTC(2024, 0, 1, 9) + index * 3_600_000)
    return columns
  })

/** What a definition reads of them; something as long as they are when it reads nothing. */
function columnsFor({ inputs }: IndicatorDefinition, bars: Readonly<Record<string, Float64Array>>): Float64Array[] {
  let lines = 0
  if (inputs.length === 0) return [bars.close as Float64Array]
  return inputs.map((input) => bars[input === 'line' && lines++ > 0 ? 'second line' : input] as Float64Array)
}

describe.each(everything.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  it('gives the same bits over whole columns, bar by bar and in any pieces', () => {
    const cuts = fc.array(fc.nat(200), { maxLength: 5 })
    fc.assert(
      fc.property(hostileColumns, paramsOf(definition), cuts, (inputs, params, pieces) => {
        const whole = run(definition, params, inputs, atOnce)
        expect(run(definition, params, inputs, barByBar)).toEqual(whole)
        const ends = (length: number) => [...pieces.filter((cut) => cut < length).sort((a, b) => a - b), length]
        expect(run(definition, params, inputs, ends)).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same at once and bar by bar over each hostile series, however short', () => {
    const params = Object.fromEntries(definition.params.map((param) => [param.name, smallDefault(param)]))
    const lengths = [0, 1, definition.warmup(params), definition.warmup(params) + 1, 80]
    for (const [name, valueAt] of Object.entries(hostileShapes)) {
      for (const length of lengths.filter((each) => each <= 600)) {
        const inputs = Array.from({ length: columnCount }, (_, column) =>
          Float64Array.from({ length }, (_each, index) => valueAt(index, column)),
        )
        const whole = run(definition, params, inputs, atOnce)
        expect(run(definition, params, inputs, barByBar), `${name}, ${length} bars`).toEqual(whole)
      }
    }
  })

  it('is defined exactly from its warm-up on, when prices are ordinary', () => {
    fc.assert(
      fc.property(ordinaryBars, paramsOf(definition), (bars, params) => {
        const outputs = run(definition, params, columnsFor(definition, bars), atOnce)
        definition.outputs.forEach((output, index) => {
          const column = outputs[index] as Float64Array
          if (output.sparse) {
            expect(column.slice(0, output.warmup(params)).every(Number.isNaN), output.name).toBe(true)
            return
          }
          const first = column.findIndex((value) => !Number.isNaN(value))
          expect(first, output.name).toBe(output.warmup(params))
          expect(column.slice(first).every(Number.isFinite), output.name).toBe(true)
        })
      }),
      { numRuns: 20 },
    )
  })

  it('recovers after a gap', () => {
    const values = Float64Array.from(
      { length: 300 },
      (_, index) => 100 + (index % 7) - (index % 3) + 20 * Math.sin(index / 9),
    )
    const shapes = [3, -3, 0, 1, 2, 4]
    // Each moves in its own way, so that no column is another one moved up
    const inputs = shapes
      .slice(0, columnCount)
      .map((distance, column) => values.map((value, index) => value + distance + ((index * (column + 2)) % 11) / 20))
    for (const column of inputs) column[100] = Number.NaN
    if (ofShares.has(definition.id))
      for (const column of inputs) for (let i = 0; i < 300; i++) column[i] = (column[i] as number) / 200
    const params = Object.fromEntries(definition.params.map((param) => [param.name, smallDefault(param)]))
    run(definition, params, inputs, atOnce).forEach((column, index) => {
      const isDefined = (from: number, to: number) => column.slice(from, to).some(Number.isFinite)
      const isSparse = definition.outputs[index]?.sparse === true
      expect(isSparse ? isDefined(0, 100) && isDefined(101, 300) : isDefined(99, 100) && isDefined(299, 300)).toBe(true)
    })
  })
})

function smallDefault(param: IndicatorParam): ParamValue {
  return param.kind === 'integer' ? Math.max(param.min, Math.min(param.default, 9)) : param.default
}

describe('a graph that grows with live bars', () => {
  it('has the same lines as one over the whole history', () => {
    const bar = fc.record({
      open: hostileValue,
      high: hostileValue,
      low: hostileValue,
      close: hostileValue,
      volume: hostileValue,
    })
    const names = ['open', 'high', 'low', 'close', 'volume'] as const
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 60 }), fc.nat(60), (bars, known) => {
        const columnsOf = (part: typeof bars) =>
          Object.fromEntries(names.map((name) => [name, Float64Array.from(part, (each) => each[name])])) as Record<
            (typeof names)[number],
            Float64Array
          >
        const history = new LineGraph(columnsOf(bars))
        const live = new LineGraph(columnsOf(bars.slice(0, known)))
        const linesOf = (graph: LineGraph) =>
          indicatorCatalogue.flatMap((definition) => {
            const params = Object.fromEntries(definition.params.map((param) => [param.name, smallDefault(param)]))
            const inputs = definition.inputs.map((input, index) =>
              input === 'line' ? (index === 0 ? graph.close.minus(graph.open) : graph.low) : graph[input],
            )
            return graph.derive(definition, params, inputs)
          })
        const expected = linesOf(history)
        const grown = linesOf(live)
        for (const next of bars.slice(known)) live.append(next)
        expected.forEach((line, index) => {
          expect(columnOf(grown[index] as (typeof grown)[number]).subarray(0, bars.length)).toEqual(columnOf(line))
        })
      }),
      { numRuns: 40 },
    )
  })
})

describe('a rolling sum', () => {
  it('is the exact sum of the window, rounded once', () => {
    // Multiples of 2⁻²⁰ up to 2³⁰ add up exactly as integers
    const scale = 2 ** 20
    const value = fc.maxSafeInteger().map((integer) => Math.trunc(integer / 8) / scale)
    fc.assert(
      fc.property(fc.array(value, { maxLength: 80 }), fc.integer({ min: 1, max: 12 }), (values, period) => {
        const output = new Float64Array(values.length)
        new RollingSum(period).run(Float64Array.from(values), output, 0, values.length)
        output.forEach((sum, index) => {
          const window = values.slice(Math.max(0, index - period + 1), index + 1)
          const exact = window.reduce((total, each) => total + BigInt(each * scale), 0n)
          expect(sum).toBe(window.length < period ? Number.NaN : Number(exact) / scale)
        })
      }),
    )
  })

  it('of zeros is exactly zero, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true })), (before) => {
        const values = Float64Array.from([...before, 1e-12, 1e12, 0.1, 0, 0, 0, 0, 0])
        const output = new Float64Array(values.length)
        new RollingSum(5).run(values, output, 0, values.length)
        expect(output.at(-1)).toBe(0)
      }),
    )
  })

  it('has not drifted after a million bars', () => {
    const values = Float64Array.from({ length: 1_000_000 }, (_, index) => 1e6 * Math.sin(index) + 0.1)
    const output = new Float64Array(values.length)
    new RollingSum(20).run(values, output, 0, values.length)
    const fresh = new Float64Array(20)
    new RollingSum(20).run(values.subarray(-20), fresh, 0, 20)
    expect(output.at(-1)).toBe(fresh[19])
  })
})
