import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packColumns, unpackColumns } from '../../../core/node/store/packed-columns.ts'
import { canonicalizeNaN } from '../../../core/stores/bar-blocks.ts'

/** Any double, with the awkward ones often. */
const anyDouble = fc.oneof(
  fc.double(),
  fc.constantFrom(
    -0,
    0,
    1e308,
    -1e308,
    5e-324,
    -5e-324,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ),
  fc.constantFrom(2 ** 51, 2 ** 51 + 1, 2 ** 53, -(2 ** 53), 0.1 + 0.2, 1.7e12, 2_678_400_000),
)
/** Values on a decimal grid, from prices to times; runs of equal values and wide jumps included. */
const onGrid = fc
  .record({
    decimals: fc.integer({ min: 0, max: 10 }),
    ticks: fc.array(fc.oneof(fc.integer(), fc.integer({ min: -300, max: 300 }), fc.maxSafeInteger()), {
      minLength: 1,
      maxLength: 60,
    }),
  })
  .map(({ decimals, ticks }) => ticks.map((tick) => tick / 10 ** decimals))
const column = fc.oneof(
  onGrid,
  fc.array(anyDouble, { minLength: 1, maxLength: 60 }),
  fc.tuple(anyDouble, fc.integer({ min: 1, max: 60 })).map(([value, length]) => new Array<number>(length).fill(value)),
)

const bitsOf = (values: Float64Array) => [...new BigUint64Array(values.buffer, values.byteOffset, values.length)]

/** Cuts the columns to one length and lays them one after the other. */
function table(columns: readonly number[][]): { readonly values: Float64Array<ArrayBuffer>; readonly rows: number } {
  const rows = Math.min(...columns.map((values) => values.length))
  const values = Float64Array.from(columns.flatMap((one) => one.slice(0, rows)))
  canonicalizeNaN(values)
  return { values, rows }
}

test('columns of any doubles come back bit for bit', () => {
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 5 }), (columns) => {
      const { values, rows } = table(columns)
      const back = unpackColumns(packColumns(values, rows), new Float64Array(values.length), rows)
      expect(bitsOf(back)).toEqual(bitsOf(values))
    }),
    { numRuns: 2_000 },
  )
})

test('a close time that follows its open time by a constant comes back bit for bit', () => {
  fc.assert(
    fc.property(column, anyDouble, (first, offset) => {
      const { values, rows } = table([first, first.map((value) => value + offset)])
      const back = unpackColumns(packColumns(values, rows), new Float64Array(values.length), rows)
      expect(bitsOf(back)).toEqual(bitsOf(values))
    }),
    { numRuns: 1_000 },
  )
})

test('a damaged or cut frame is refused, never read as other values', () => {
  fc.assert(
    fc.property(
      fc.array(column, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      fc.nat({ max: 7 }),
      fc.boolean(),
      (columns, at, bit, cut) => {
        const { values, rows } = table(columns)
        const { data, rawBytes } = packColumns(values, rows)
        const given = Uint8Array.from(cut ? data.subarray(0, at % data.length) : data)
        if (!cut) given[at % given.length] = (given[at % given.length] as number) ^ (1 << bit)
        let back: Float64Array
        try {
          back = unpackColumns({ data: given, rawBytes }, new Float64Array(values.length), rows)
        } catch {
          return
        }
        // A flipped bit that zstd does not use (a reserved one) may pass, but then nothing changed.
        expect(bitsOf(back)).toEqual(bitsOf(values))
      },
    ),
    { numRuns: 1_500 },
  )
})

test('columns without values cost nothing: all-NaN volume and open interest add a few bytes to a block', () => {
  const rows = 4096
  const prices = Float64Array.from({ length: rows }, (_, row) => 100 + ((row * 7919) % 1000) / 100)
  const withEmpty = new Float64Array(rows * 3).fill(Number.NaN)
  withEmpty.set(prices)
  const [alone, beside] = [packColumns(prices, rows).data.length, packColumns(withEmpty, rows).data.length]
  expect(beside - alone).toBeLessThan(30)
})
