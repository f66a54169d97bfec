import { createBarParser, type ParsedBars } from '../../data/csv/bar-parser.ts'
import { inferRecipe } from '../../data/csv/infer-recipe.ts'
import { sampleRows } from '../../data/csv/sample-rows.ts'
import { sliceBars } from '../../domain/bar-series.ts'
import { DomainError } from '../../domain/errors.ts'
import type { ImportControl, ImportedFile, ImportPreview, ImportRecipe } from '../../workstation/ports.ts'
import { type FileHead, inferEncoding, openTextFile, readHead, type TextFile, utf8Pieces } from './read-text.ts'
import { suggestInstrument } from './suggest-instrument.ts'

const headBytes = 262_144
const previewRows = 50
const previewBars = 500

/**
 * Reads the head of a file, infers a recipe or applies the given one, and shows what it gives. Bad rows are reported,
 * never thrown. Throws `import.file-missing`, `.file-unreadable`, `.empty`, `.no-columns`, `.unsupported`, `.recipe-invalid`.
 */
export async function inspectFile(path: string, given: ImportRecipe | null): Promise<ImportPreview> {
  const file = await openTextFile(path)
  const head = await readHead(file, headBytes)
  const encoding = given?.encoding ?? inferEncoding(head, path)
  const text = new TextDecoder(encoding).decode(head.bytes, { stream: !head.whole })
  const options = { path, encoding, whole: head.whole }
  const inferred = given === null ? inferRecipe(text, options) : { recipe: given, doubts: [], picks: [] }
  const recipe = inferred.recipe
  const rows = sampleRows(text, recipe.separator, { limit: 2_000, whole: head.whole })
  const parsed = parseHead(text, { recipe, path, whole: head.whole })
  const closes = rows.slice(recipe.headerRows).map((row) => row[recipe.columns.close] ?? '')
  return {
    recipe,
    doubts: inferred.doubts,
    picks: inferred.picks,
    rows: rows.slice(0, previewRows),
    badRows: parsed.badRows,
    bytes: file.bytes,
    estimatedRows: estimateRows(file, head, parsed),
    suggestedInstrument: suggestInstrument(path, recipe, closes),
    bars: sliceBars(parsed.series, 0, Math.min(previewBars, parsed.series.length)),
  }
}

function parseHead(
  text: string,
  { recipe, path, whole }: { readonly recipe: ImportRecipe; readonly path: string; readonly whole: boolean },
): ParsedBars {
  const parser = createBarParser(recipe, { path })
  // A torn last line would be reported as a bad row.
  const end = whole ? text.length : Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1
  parser.push(new TextEncoder().encode(text.slice(0, end)))
  return parser.finish()
}

function estimateRows(file: TextFile, head: FileHead, parsed: ParsedBars): number {
  if (head.whole) return parsed.rows
  // Packed market data is about a fifth of its text.
  const unpacked = file.gzip || file.parquet ? file.bytes * 5 : file.bytes
  return Math.round((parsed.rows * unpacked) / head.bytes.length)
}

/**
 * Reads a whole file with a recipe, piece by piece. Unless the recipe says `skip`, one bad row refuses all of it with
 * `import.bad-rows`. Rows without any price are counted as bad but never refuse a file. Throws `cancelled` when asked to stop.
 */
export async function importFile(
  path: string,
  recipe: ImportRecipe,
  control: ImportControl & { readonly keepPrints?: boolean },
): Promise<ImportedFile> {
  const file = await openTextFile(path)
  const estimatedRows = file.gzip || file.parquet ? 0 : Math.ceil(file.bytes / 48)
  const parser = createBarParser(recipe, { path, estimatedRows, keepPrints: control.keepPrints ?? false })
  for await (const piece of utf8Pieces(file, recipe.encoding, (done) => control.onProgress(done, file.bytes))) {
    if (control.cancelled()) throw new DomainError('cancelled')
    parser.push(piece)
  }
  const { series, rows, badRows, badRowCount, refusal } = parser.finish()
  if (refusal !== null && recipe.badRows === 'refuse') {
    throw new DomainError('import.bad-rows', { path, ...refusal, count: badRowCount })
  }
  if (series.length === 0) throw new DomainError('import.empty', { path })
  return { series, interval: recipe.interval, rows, badRows, badRowCount }
}
