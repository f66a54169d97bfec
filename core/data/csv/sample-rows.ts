import { bytesOf, textOf } from './bytes.ts'
import { createRowFields, scanRow } from './row-scanner.ts'

/** The rows of a sample as texts, at most `limit`, blank lines left out. An incomplete last row is left out unless `whole`. */
export function sampleRows(text: string, separator: string, options: { limit: number; whole: boolean }): string[][] {
  const bytes = bytesOf(text)
  const fields = createRowFields()
  const rows: string[][] = []
  const scan = { separator: separator.charCodeAt(0), last: options.whole }
  for (let at = 0; at < bytes.length && rows.length < options.limit; ) {
    const next = scanRow(bytes, at, fields, scan)
    if (next < 0) break
    at = next
    const row: string[] = []
    for (let index = 0; index < fields.count; index++) {
      row.push(textOf(bytes, fields.starts[index] as number, fields.ends[index] as number))
    }
    if (row.length > 1 || row[0] !== '') rows.push(row)
  }
  return rows
}

/** In order of trust: a tab is hardly ever part of a text, a comma may be a decimal mark, a space part of a date. */
const candidates = ['\t', ';', '|', ',', ' '] as const

/** The separator that cuts most rows into the same number of fields (≥ 2, for a space ≥ 5). */
export function inferSeparator(
  text: string,
  whole: boolean,
): { readonly separator: string; readonly certain: boolean } {
  const scored = candidates.map((separator) => {
    const rows = sampleRows(text, separator, { limit: 60, whole })
    const counts = new Map<number, number>()
    for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
    const [width = 0, times = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
    const usable = width >= (separator === ' ' ? 5 : 2)
    return { separator, score: usable ? times / rows.length : 0 }
  })
  const good = scored.find(({ score }) => score >= 0.8)
  const best = good ?? scored.reduce((a, b) => (b.score > a.score ? b : a))
  return { separator: best.score > 0 ? best.separator : ',', certain: good !== undefined }
}
