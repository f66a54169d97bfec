import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

/**
 * Where numbers of other systems lie, and how to compare with them.
 *
 * Synthetic bars are part of the repository (`test/golden/backtrader`), so a stranger's clone proves parity on its own.
 * Real market data is not ours to ship: it is looked for in $TICKWRIGHT_REFERENCE, then in `../shared/reference`; cases
 * on it are skipped with the reason where it is absent, or fail under TICKWRIGHT_REQUIRE_REFERENCE=1.
 */

/** A folder of either collection. */
export type ReferenceKind = 'indicators' | 'orders' | 'analyzers' | 'resample' | 'filters' | 'optimise' | 'multi'

export interface ReferenceFile {
  readonly path: string
  /** Path below its collection, e.g. `indicators/2006-day-001.json`. */
  readonly name: string
}

export type RealData =
  | { readonly present: true; readonly folder: string }
  | { readonly present: false; readonly reason: string; readonly required: boolean }

const repository = resolve(import.meta.dirname, '../..')

/** The synthetic collection, always there. */
export const syntheticFolder = join(repository, 'test/golden/backtrader')

/** The real-data collection, or why there is none. `environment` is process.env unless a test says otherwise. */
export function findRealData(environment: Readonly<Record<string, string | undefined>> = process.env): RealData {
  const given = environment.TICKWRIGHT_REFERENCE
  const folder = given === undefined ? resolve(repository, '../shared/reference') : resolve(given)
  if (existsSync(join(folder, 'backtrader'))) return { present: true, folder: join(folder, 'backtrader') }
  const source = given === undefined ? 'the default of TICKWRIGHT_REFERENCE' : 'TICKWRIGHT_REFERENCE'
  return {
    present: false,
    reason: `no backtrader folder in ${folder} (${source})`,
    required: environment.TICKWRIGHT_REQUIRE_REFERENCE === '1',
  }
}

/** The files of one kind below a collection (any folder of the same layout), sorted by name. */
export function referenceFiles(collection: string, kind: ReferenceKind): readonly ReferenceFile[] {
  const folder = join(collection, kind)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .sort()
    .map((file) => ({ path: join(folder, file), name: relative(collection, join(folder, file)) }))
}

/** The content of a reference file, plain or gzipped; null stands for NaN, see `referenceNumber`. */
export function readReference(path: string): unknown {
  const bytes = readFileSync(path)
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${basename(path)} is not JSON`, { cause })
  }
}

/** The same, or `other` for a file that is not JSON: it says nothing about bars. */
export function readReferenceOr(path: string, other: unknown): unknown {
  try {
    return readReference(path)
  } catch {
    return other
  }
}

/** A number as the reference files write it: null is NaN, infinities are words. */
export function referenceNumber(value: unknown): number {
  if (value === null) return Number.NaN
  if (value === 'Infinity') return Number.POSITIVE_INFINITY
  if (value === '-Infinity') return Number.NEGATIVE_INFINITY
  if (typeof value === 'number') return value
  throw new Error(`not a number of a reference file: ${JSON.stringify(value)}`)
}

export interface Difference {
  readonly line: string
  /** 0-based bar in the input series. */
  readonly bar: number
  readonly expected: number
  readonly actual: number
}

export interface LinePair {
  readonly line: string
  readonly expected: readonly unknown[]
  readonly actual: Float64Array
  /** Bar of each expected value; by default its position. */
  readonly bars?: readonly number[]
  /** A difference of at most this much does not count; 0 unless told. */
  readonly absolute?: number
}

/** Relative 1e-9, the tolerance of the manifest; NaN only equals NaN, an infinity only itself, 0 only 0. */
export function agrees(expected: number, actual: number): boolean {
  if (Object.is(expected, actual) || expected === actual) return true
  if (!Number.isFinite(expected) || !Number.isFinite(actual)) return false
  return Math.abs(expected - actual) <= 1e-9 * Math.max(Math.abs(expected), Math.abs(actual))
}

/** The first bar on which a line differs; undefined when it agrees everywhere. */
export function firstDifference({ line, expected, actual, bars, absolute = 0 }: LinePair): Difference | undefined {
  for (let index = 0; index < expected.length; index++) {
    const bar = bars?.[index] ?? index
    const wanted = referenceNumber(expected[index])
    const got = actual[bar] ?? Number.NaN
    if (!agrees(wanted, got) && !(Math.abs(wanted - got) <= absolute))
      return { line, bar, expected: wanted, actual: got }
  }
  return undefined
}

/** `sma at bar 29: expected 1.5, got NaN` */
export function describeDifference({ line, bar, expected, actual }: Difference): string {
  return `${line} at bar ${bar}: expected ${expected}, got ${actual}`
}
