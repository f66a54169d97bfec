type Field = number | string
interface Point {
  readonly measurement: string
  readonly tags: Readonly<Record<string, string>>
  readonly stamp: bigint
  readonly fields: Map<string, Field>
}
/** A row of a Flux table: columns by name. */
type Row = Record<string, Field>

const day = 86_400_000_000_000n

/** Points as InfluxDB keeps them: known by measurement, tags and time; a later write of one adds and replaces fields. */
export class InfluxPointStore {
  readonly #points = new Map<string, Point>()
  readonly #types = new Map<string, string>()

  get size(): number {
    return this.#points.size
  }

  clear(): void {
    this.#points.clear()
    this.#types.clear()
  }

  /** All lines or none; throws for what is no line protocol and for a field of another type than before. */
  write(body: string): void {
    const parsed = body
      .split('\n')
      .filter((line) => line !== '')
      .map(parseLine)
    for (const { measurement, fields } of parsed) {
      for (const [name, value] of fields) {
        const key = `${measurement} ${name}`
        const known = this.#types.get(key) ?? typeof value
        if (known !== typeof value)
          throw new Error(`field type conflict: input field "${name}" on measurement "${measurement}"`)
        this.#types.set(key, known)
      }
    }
    for (const point of parsed) {
      const key = JSON.stringify([point.measurement, Object.entries(point.tags).sort(), String(point.stamp)])
      const before = this.#points.get(key)
      if (before === undefined) this.#points.set(key, point)
      else for (const [name, value] of point.fields) before.fields.set(name, value)
    }
  }

  /** The end is exclusive, the harder of the two readings of the documents. */
  remove(start: string, stop: string, predicate: string): void {
    const wanted = predicate.split(' AND ').map((part) => {
      const [, name = '', value = ''] = /^(\w+)="((?:[^"\\]|\\.)*)"$/.exec(part) ?? []
      if (name === '') throw new Error(`invalid predicate ${part}`)
      return [name, value.replace(/\\(.)/g, '$1')] as const
    })
    const [from, to] = [stampOfText(start), stampOfText(stop)]
    for (const [key, point] of this.#points) {
      if (point.stamp < from || point.stamp >= to) continue
      const row: Row = { ...point.tags, _measurement: point.measurement }
      if (wanted.every(([name, value]) => row[name] === value)) this.#points.delete(key)
    }
  }

  /** Runs the Flux that the store sends; any other step is refused. */
  flux(query: string, bucket: string): string {
    const [source = '', ...steps] = query.split(/\s*\|> /)
    if (source !== `from(bucket: ${JSON.stringify(bucket)})`)
      throw new Error(`failed to initialize execute state: could not find bucket ${source}`)
    let rows: Row[] = []
    for (const [at, step] of steps.entries()) rows = at === 0 ? this.#range(step) : fluxStep(step, rows)
    return annotated(rows)
  }

  #range(step: string): Row[] {
    if (step === 'range(start: -1s)') return []
    const [, start = '', stop = ''] = /^range\(start: time\(v: (-?\d+)\), stop: time\(v: (-?\d+)\)\)$/.exec(step) ?? []
    if (start === '') throw new Error(`undefined identifier in ${step}`)
    const rows: Row[] = []
    for (const { measurement, tags, stamp, fields } of this.#points.values()) {
      if (stamp < BigInt(start) || stamp >= BigInt(stop)) continue
      const common = { ...tags, _measurement: measurement, _time: String(stamp) }
      for (const [name, value] of fields) rows.push({ ...common, _field: name, _value: value })
    }
    return rows
  }
}

const steps: readonly (readonly [RegExp, (rows: Row[], ...words: string[]) => Row[]])[] = [
  [/^filter\(fn: \(r\) => (.+)\)$/, (rows, condition = '') => rows.filter(conditionOf(condition))],
  [/^pivot\(rowKey: \["_time"\], columnKey: \["_field"\], valueColumn: "_value"\)$/, (rows) => pivot(rows)],
  [/^group\(\)$/, (rows) => rows],
  [/^sort\(columns: \["_time"\](, desc: true)?\)$/, (rows, desc) => sortByTime(rows, desc !== undefined)],
  [/^limit\(n: (\d+)\)$/, (rows, count) => rows.slice(0, Number(count))],
  [/^keep\(columns: \["_time", "_value"\]\)$/, (rows) => rows.map(({ _time = '', _value = 0 }) => ({ _time, _value }))],
  [
    /^aggregateWindow\(every: 1d, fn: count, createEmpty: false, timeSrc: "_start"\)$/,
    (rows) =>
      [...Map.groupBy(rows, ({ _time }) => floorDay(BigInt(_time ?? 0)))].map(([start, all]) => ({
        _time: String(start),
        _value: all.length,
      })),
  ],
]

function fluxStep(step: string, rows: Row[]): Row[] {
  for (const [pattern, run] of steps) {
    const match = pattern.exec(step)
    if (match !== null) return run(rows, ...match.slice(1))
  }
  throw new Error(`undefined identifier in ${step}`)
}

function floorDay(stamp: bigint): bigint {
  const rest = stamp % day
  return stamp - (rest < 0n ? rest + day : rest)
}

/** `r.a == "x" and r.b == "y"`, or the same with or. */
function conditionOf(text: string): (row: Row) => boolean {
  const word = text.includes(' or r.') ? ' or ' : ' and '
  const parts = text.split(new RegExp(`${word}(?=r\\.)`)).map((part) => {
    const [, name = '', value = ''] = /^r\.(\w+) == "((?:[^"\\]|\\.)*)"$/.exec(part) ?? []
    if (name === '' || /(^|[^\\])\$\{/.test(value)) throw new Error(`invalid condition ${part}`)
    return [name, value.replace(/\\(.)/g, '$1')] as const
  })
  return (row) =>
    word === ' or '
      ? parts.some(([name, value]) => row[name] === value)
      : parts.every(([name, value]) => row[name] === value)
}

function pivot(rows: readonly Row[]): Row[] {
  const pivoted = new Map<string, Row>()
  for (const { _field = '', _value = '', ...common } of rows) {
    const key = JSON.stringify(common)
    const row = pivoted.get(key) ?? { ...common }
    row[_field] = _value
    pivoted.set(key, row)
  }
  return [...pivoted.values()]
}

function sortByTime(rows: readonly Row[], desc: boolean): Row[] {
  const stamps = rows.map((row) => [BigInt(row._time ?? 0), row] as const)
  stamps.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const sorted = stamps.map(([, row]) => row)
  return desc ? sorted.reverse() : sorted
}

/** Annotated CSV of one table as the server writes it; an empty answer is an empty line. */
function annotated(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort()
  if (names.length === 0) return '\r\n'
  const types = names.map((name) =>
    name === '_time' ? 'dateTime:RFC3339' : rows.some((row) => typeof row[name] === 'string') ? 'string' : 'double',
  )
  const lines = [
    ['#datatype', 'string', 'long', ...types],
    ['#group', 'false', 'false', ...names.map(() => 'false')],
    ['#default', '_result', '', ...names.map(() => '')],
    ['', 'result', 'table', ...names],
    ...rows.map((row) => [
      '',
      '',
      '0',
      ...names.map((name) => (name === '_time' ? textOfStamp(BigInt(row._time ?? 0)) : cellOf(row[name]))),
    ]),
  ]
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n\r\n`
}

function cellOf(value: Field | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** RFC 3339 with as many decimals as it needs, as Go writes it. */
function textOfStamp(stamp: bigint): string {
  const rest = stamp % 1_000_000_000n
  const decimals = rest < 0n ? rest + 1_000_000_000n : rest
  const seconds = (stamp - decimals) / 1_000_000_000n
  const text = new Date(Number(seconds) * 1_000).toISOString().slice(0, 19)
  const fraction = decimals === 0n ? '' : `.${String(decimals).padStart(9, '0').replace(/0+$/, '')}`
  return `${text}${fraction}Z`
}

function stampOfText(text: string): bigint {
  const [, seconds = '', decimals = ''] = /^(-?[\d-]+T[\d:]+)(?:\.(\d{1,9}))?Z$/.exec(text) ?? []
  if (seconds === '') throw new Error(`invalid time ${text}`)
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(decimals.padEnd(9, '0'))
}

/** One line of line protocol: measurement, tags, fields and a time, with nothing forgiven. */
function parseLine(line: string): Point {
  const [, head = '', set = '', stamp = ''] =
    /^((?:[^ \\]|\\.)+) ((?:[^ "\\]|\\.|"(?:[^"\\]|\\.)*")+) (-?\d+)$/.exec(line) ?? []
  if (stamp === '') throw new Error(`unable to parse '${line}': bad line`)
  const [measurement = '', ...tags] = head.split(/(?<!\\),/)
  const pairs = tags.map((tag) => {
    const [name = '', value = '', ...more] = tag.split(/(?<!\\)=/)
    if (name === '' || value === '' || more.length > 0) throw new Error(`unable to parse '${line}': missing tag value`)
    return [name, value.replace(/\\([ ,=])/g, '$1')] as const
  })
  const fields = new Map<string, Field>()
  for (const [, name = '', text, number] of set.matchAll(/(?:^|,)(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^,"]+))/g)) {
    if (number !== undefined && !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(number))
      throw new Error(`unable to parse '${line}': invalid number`)
    fields.set(name, text === undefined ? Number(number) : text.replace(/\\(["\\])/g, '$1'))
  }
  if (fields.size === 0) throw new Error(`unable to parse '${line}': missing fields`)
  return { measurement, tags: Object.fromEntries(pairs), stamp: BigInt(stamp), fields }
}
