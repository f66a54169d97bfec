/** Nanoseconds since 1970: beyond what a double holds exactly, so they travel as BigInt and text. */
export type Nanoseconds = bigint

/** The first and last time that InfluxDB can keep. */
export const firstStamp: Nanoseconds = -9_223_372_036_854_775_806n
export const lastStamp: Nanoseconds = 9_223_372_036_854_775_806n

/** Points of one measurement whose tags are these, with time in [from, to). */
export interface InfluxRange {
  readonly measurement: string
  readonly tags: Readonly<Record<string, string>>
  readonly from: Nanoseconds
  readonly to: Nanoseconds
}

export interface InfluxSelect extends InfluxRange {
  readonly fields: readonly string[]
  /** Of the points in order of time; absent: all. */
  readonly limit?: number
  readonly newestFirst?: boolean
}

export type InfluxValue = number | string | null

/** Points in order of time; a field that a point does not have is null. */
export interface InfluxPoints {
  /** RFC 3339 with up to nine decimals: `stampOf` reads them. */
  readonly times: readonly string[]
  readonly rows: readonly (readonly InfluxValue[])[]
}

/** What both versions of InfluxDB can do, each in its own language. Methods fail with `store.unreachable`, `store.login` or `store.server-failed`. */
export interface InfluxConnection {
  /** Its address, for messages. */
  readonly server: string
  /** Resolves when the server has acknowledged every line. Timestamps are nanoseconds. */
  write(lines: readonly string[]): Promise<void>
  select(query: InfluxSelect): Promise<InfluxPoints>
  /** Points that have a field, by UTC day; days without any are left out. */
  countByDay(range: InfluxRange, field: string): Promise<{ readonly day: number; readonly count: number }[]>
  /** Removes points with time in [from, to). Stamps are even, so whether the server includes the end does not matter. */
  remove(range: InfluxRange): Promise<void>
  /** Makes ready what the server lets it make, and fails when it cannot be worked with. */
  prepare(): Promise<void>
  close(): void
}

export function stampOf(time: string): Nanoseconds {
  const [seconds = '', decimals = ''] = time.slice(0, -1).split('.')
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(decimals.padEnd(9, '0'))
}

/** The stamp of a whole millisecond. */
export function stampOfMs(ms: number): Nanoseconds {
  const stamp = BigInt(ms) * 1_000_000n
  return stamp < firstStamp ? firstStamp : stamp > lastStamp ? lastStamp : stamp
}
