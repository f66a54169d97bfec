import type { SheetInput } from '../sheet/sheet-input.ts'
import type { TearSheet } from '../sheet/tear-sheet.ts'
import { csvTables } from './csv-tables.ts'
import { htmlPage } from './html-page.ts'
import { isoDay } from './iso-time.ts'

export type SheetFormat = 'html' | 'pdf' | 'csv' | 'json'

/** What an export is made of. */
export interface ExportInput {
  readonly sheet: TearSheet
  /** The tables of the run, whole. */
  readonly tables: SheetInput
  /** All that is needed to run it again, as plain data. */
  readonly capsule: unknown
  readonly language: 'en' | 'zh'
}

/** An export: one text under the name '', or several files. */
export interface SheetFile {
  readonly mediaType: string
  readonly files: Readonly<Record<string, string>>
}

/** Makes the files of a format; for `pdf` the page that is to be printed. */
export function exportSheet({ sheet, tables, capsule, language }: ExportInput, format: SheetFormat): SheetFile {
  switch (format) {
    case 'html':
      return { mediaType: 'text/html', files: { '': htmlPage(sheet, { capsule, language, print: false }) } }
    case 'pdf':
      return { mediaType: 'application/pdf', files: { '': htmlPage(sheet, { capsule, language, print: true }) } }
    case 'json':
      return { mediaType: 'application/json', files: { '': `${JSON.stringify({ ...sheet, capsule }, null, 1)}\n` } }
    case 'csv':
      return { mediaType: 'application/zip', files: csvTables(sheet, tables) }
  }
}

/** `sma-cross-SPX-2024-03-02-run-….html`. */
export function sheetFileName({ run, instruments }: TearSheet, format: SheetFormat): string {
  const strategy = run.strategy.replace(/\.ts$/, '')
  const name = [strategy, instruments.slice(0, 3).join('-'), isoDay(run.createdAt), run.id].join('-')
  return `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.${format === 'csv' ? 'zip' : format}`
}
