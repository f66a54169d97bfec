/**
 * How to read one text file as bars: the contract's `importRecipeSchema`, in types only, so that this layer stays below
 * the contract. Column indexes are 0-based; null = absent.
 */
export interface CsvRecipe {
  readonly separator: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'gbk' | 'latin1'
  readonly headerRows: number
  readonly columns: CsvColumns
  readonly dateFormat: string
  readonly decimal: '.' | ','
  readonly zone: string
  readonly stamp: 'open' | 'close' | 'day'
  readonly interval: string
  readonly priceDivisor: number
  readonly badRows: 'refuse' | 'skip'
  /** Several contracts in one file: only rows with this text in this column are read. */
  readonly pick?: { readonly column: number; readonly value: string } | undefined
  /** `ticks`: each row is one print (its price in `close`) and prints are joined into bars of `interval`. */
  readonly shape?: 'bars' | 'ticks' | undefined
}

export interface CsvColumns {
  readonly date: number
  readonly time: number | null
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly close: number
  readonly volume: number | null
  readonly openInterest: number | null
}

/** A row that cannot be a bar. `row` is the 1-based line of the file, `reason` a key under `import.reason.`. */
export interface CsvBadRow {
  readonly row: number
  readonly column: string
  readonly reason: BadRowReason
  readonly text: string
}

/** Every reason; each has its words in `errors.json` under `import.reason.`. `no-price` never refuses a file. */
export const badRowReasons = [
  'date',
  'number',
  'not-finite',
  'missing-price',
  'missing-column',
  'no-price',
  'ohlc',
  'negative-volume',
  'duplicate',
  'out-of-order',
  'unclosed-quote',
] as const
export type BadRowReason = (typeof badRowReasons)[number]
