import { isDomainError } from '../../core/domain/errors.ts'
import { type BarColumns, LineGraph } from '../../core/indicators/graph.ts'
import { columnOf, type Line } from '../../core/indicators/line.ts'
import {
  type ExcludedLines,
  excludedIndicatorLines,
  laterIndicatorLines,
  noisyIndicatorLines,
} from './excluded-indicators.ts'
import { expressionLine, expressionLines } from './indicator-expressions.ts'
import { backtraderLines, UnsupportedCase } from './indicator-lines.ts'
import { type Difference, firstDifference, readReference, referenceNumber } from './reference-files.ts'

/** One case of `indicators/*.json`. */
export interface IndicatorCase {
  readonly id: string
  readonly class: string
  readonly params: Readonly<Record<string, unknown>>
  /** `data`, one or two line names separated by a comma, or an expression. */
  readonly input: string
  readonly lines: Readonly<Record<string, readonly unknown[]>>
}

/** The bars of a file and the 0-based bars whose values it keeps. */
export interface IndicatorBars {
  readonly columns: BarColumns
  readonly kept: readonly number[]
}

export interface IndicatorFile {
  readonly bars: IndicatorBars
  readonly cases: readonly IndicatorCase[]
}

export type IndicatorCaseResult =
  | { readonly status: 'passed' }
  | { readonly status: 'failed'; readonly firstDifference: Difference }
  | { readonly status: 'unsupported'; readonly reason: string }
  /** Everything agrees but what excluded-indicators.ts names. */
  | { readonly status: 'excluded'; readonly reason: string }

interface RawFile {
  readonly idx: 'all' | readonly (readonly [number, number])[]
  readonly input_columns: readonly string[]
  readonly input: readonly (readonly unknown[])[]
  readonly cases: readonly IndicatorCase[]
}

/** Reads an indicator file, plain or gzipped. */
export function readIndicatorFile(path: string): IndicatorFile {
  const raw = readReference(path) as RawFile
  const column = (name: string) => {
    const index = raw.input_columns.indexOf(name)
    if (index < 0) throw new Error(`${path} has no column ${name}`)
    return Float64Array.from(raw.input, (row) => referenceNumber(row[index]))
  }
  const columns = {
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  }
  return { bars: { columns, kept: keptBars(raw) }, cases: raw.cases }
}

/** `[[0, 149], [706, 755]]` → every bar number in those inclusive ranges. */
function keptBars(raw: RawFile): readonly number[] {
  const ranges = raw.idx === 'all' ? [[0, raw.input.length - 1] as const] : raw.idx
  return ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index))
}

/** Runs one case over whole columns; `unsupported` while the catalogue lacks what it asks for. */
export function runIndicatorCase(test: IndicatorCase, bars: IndicatorBars): IndicatorCaseResult {
  try {
    const isCompared = Object.keys(test.lines).some((line) => !exclusionOf(test)?.lines.includes(line))
    const lines = isCompared ? caseLines(test, new LineGraph(bars.columns)) : new Map<string, Line>()
    return compare(test, lines, bars.kept)
  } catch (failure) {
    if (failure instanceof UnsupportedCase) return { status: 'unsupported', reason: failure.message }
    if (isDomainError(failure)) return { status: 'unsupported', reason: failure.message }
    throw failure
  }
}

function compare(test: IndicatorCase, lines: ReadonlyMap<string, Line>, kept: readonly number[]): IndicatorCaseResult {
  const exclusion = exclusionOf(test)
  for (const [name, expected] of Object.entries(test.lines)) {
    if (exclusion?.lines.includes(name)) continue
    const line = lines.get(name)
    if (line === undefined) return { status: 'unsupported', reason: `no line ${name}` }
    const later = barsLater(test, name)
    const column = columnOf(line)
    const known = kept.filter((bar) => later === 0 || bar + later < column.length)
    const difference = firstDifference({
      line: name,
      expected: expected.slice(0, known.length),
      actual: column,
      bars: known.map((bar) => bar + later),
      absolute: isNoisy(test, name) ? 1e-9 : 0,
    })
    if (difference !== undefined) return { status: 'failed', firstDifference: difference }
  }
  if (exclusion === undefined) return { status: 'passed' }
  return { status: 'excluded', reason: `${exclusion.row}: ${exclusion.reason}` }
}

function exclusionOf(test: IndicatorCase): ExcludedLines | undefined {
  return excludedIndicatorLines.find((each) => each.class === test.class)
}

function isNoisy(test: IndicatorCase, line: string): boolean {
  return noisyIndicatorLines.some((each) => each.class === test.class && each.lines.includes(line))
}

/** By how many bars ours follows a line that backtrader writes into the past. */
function barsLater(test: IndicatorCase, line: string): number {
  const rule = laterIndicatorLines.find((each) => each.class === test.class && each.lines.includes(line))
  return Number(typeof rule?.bars === 'string' ? test.params[rule.bars] : (rule?.bars ?? 0))
}

/** The lines of a case on a graph, under backtrader's names; throws UnsupportedCase. */
export function caseLines(test: IndicatorCase, graph: LineGraph): ReadonlyMap<string, Line> {
  if (test.class === 'expr') return new Map([['value', expressionLine(graph, test.input)]])
  // The input of a few cases is the whole call
  if (test.input.startsWith(`${test.class}(`)) return expressionLines(graph, test.input)
  const inputs = test.input === 'data' ? [] : splitInputs(test.input).map((text) => expressionLine(graph, text))
  return backtraderLines({ graph, name: test.class, inputs, params: test.params })
}

/** `close,sma15` → two inputs; commas inside brackets do not separate. */
function splitInputs(text: string): readonly string[] {
  return text.split(/,(?![^(]*\))/)
}
