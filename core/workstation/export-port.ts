/** One column of a table that goes into a file. */
export interface ExportColumn {
  readonly name: string
  /** `time`: epoch milliseconds. */
  readonly kind: 'time' | 'number'
  readonly values: Float64Array
}

/** Writes tables into files of this machine. */
export interface TableExportPort {
  /** By the end of the path: `.parquet` or `.csv`. Throws `export.failed` and `store.full`; nothing is half written. */
  write(path: string, columns: readonly ExportColumn[]): Promise<{ readonly bytes: number }>
}
