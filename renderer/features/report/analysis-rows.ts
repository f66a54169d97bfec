/** One figure of an analysis: the words that lead to it and what it says. */
export interface AnalysisRow {
  readonly path: readonly string[]
  readonly value: number | string | null
}

/** An analysis as rows, depth first; a list of figures is one row, a list of lists one row each. */
export function analysisRows(analysis: unknown, path: readonly string[] = []): AnalysisRow[] {
  if (typeof analysis !== 'object' || analysis === null) return [{ path, value: leaf(analysis) }]
  if (Array.isArray(analysis)) {
    if (analysis.every((part) => Array.isArray(part))) return analysis.flatMap((part) => analysisRows(part, path))
    return [{ path, value: analysis.map((part) => figure(leaf(part))).join('   ') }]
  }
  return Object.entries(analysis).flatMap(([key, part]) => analysisRows(part, [...path, key]))
}

function leaf(value: unknown): AnalysisRow['value'] {
  return value === null || typeof value === 'number' ? value : String(value)
}

const digits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 7 })

/** A figure with at most seven digits that count; whole numbers whole. Undefined is –. */
export function figure(value: AnalysisRow['value']): string {
  if (value === null) return '–'
  if (typeof value === 'string') return value
  if (Number.isInteger(value)) return value.toLocaleString('en-US').replace('-', '−')
  return digits.format(value).replace('-', '−')
}

/** A key of an analysis or the name of a line in the user's language; `2024-01-31T00:00:00` is a day. */
export function wordText(t: (key: string, options: { defaultValue: string }) => string, word: string): string {
  if (/^[A-Za-z]\w*$/.test(word)) return t(`analyzers.word.${word}`, { defaultValue: word })
  return word.replace(/T00:00:00$/, '').replace('T', ' ')
}
