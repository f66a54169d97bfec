/** What a verb prints: one JSON document, or text for people. Progress and notes go to stderr. */
export interface Output {
  readonly json: boolean
  /** The verb's answer. */
  answer(document: unknown, text: () => string): void
  /** One line that the next one replaces on a terminal; nothing where nobody watches. */
  progress(text: string): void
  note(text: string): void
}

export function createOutput(json: boolean, stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  return {
    json,
    answer(document, text) {
      stdout.write(json ? `${JSON.stringify(document)}\n` : `${text()}\n`)
    },
    progress(text) {
      if (stderr.isTTY) stderr.write(`\r\u001b[2K${text}`)
    },
    note(text) {
      stderr.write(`${stderr.isTTY ? '\r\u001b[2K' : ''}${text}\n`)
    },
  }
}

/** Rows as an aligned table; numbers right, text left. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const isNumber = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^[−+-]?[\d.,–%]/.test(row[column] ?? '')),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (isNumber[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

/** Undefined is –, never 0. */
export function cell(value: number | null | undefined, digits = 2): string {
  return value === null || value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits)
}

/** Date, and time of day where there is one, on the clock of an IANA zone. */
export function dateCell(epochMs: number, zone = 'UTC'): string {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return local.format(epochMs).replace(/ 00:00:00$/, '')
}

/** Columns as JSON: NaN is null. */
export function jsonColumns(columns: Readonly<Record<string, Float64Array>>): Record<string, (number | null)[]> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      Array.from(column, (value) => (Number.isFinite(value) ? value : null)),
    ]),
  )
}
