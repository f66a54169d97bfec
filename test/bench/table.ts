/** One measured thing beside what the same machine does by the plainest means in the same run. */
export interface Row {
  readonly name: string
  readonly seconds: number
  readonly baseline: string
  /** NaN: there is nothing to compare with. */
  readonly baselineSeconds: number
  readonly goal: string
}

/** `0.123 s`, `12.3 ms`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  return seconds >= 1 ? `${seconds.toFixed(2)} s` : `${(seconds * 1000).toFixed(1)} ms`
}

/** Rows as an aligned table. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, seconds, baseline, baselineSeconds, goal }) => [
    name,
    duration(seconds),
    baseline === '' ? '–' : `${baseline}: ${duration(baselineSeconds)}`,
    Number.isFinite(baselineSeconds) ? `${(seconds / baselineSeconds).toFixed(1)}×` : '–',
    goal === '' ? '–' : goal,
  ])
  const all = [['what', 'measured', 'baseline in the same run', 'ratio', 'goal'], ...cells]
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
