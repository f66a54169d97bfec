import { HttpError, InfluxDB } from '@influxdata/influxdb-client'
import { DomainError } from '../../domain/errors.ts'
import type { InfluxConnection, InfluxPoints, InfluxRange, InfluxSelect, InfluxValue } from './influx-connection.ts'
import { noAnswer, refusal } from './influx-errors.ts'
import type { InfluxPlace } from './influx-url.ts'

const timeoutMs = 30_000

/** InfluxDB 2.x through its client: line protocol in, Flux and annotated CSV out. */
export function connectInfluxV2(place: InfluxPlace): InfluxConnection {
  const influx = new InfluxDB({ url: place.url, token: place.secret, timeout: timeoutMs })
  const queries = influx.getQueryApi(place.org)
  const known = (failure: unknown): DomainError =>
    failure instanceof HttpError
      ? refusal(place, failure.statusCode, failure.body ?? failure.message)
      : noAnswer(place, failure)
  const ask = async (flux: string): Promise<string> => {
    try {
      return await queries.queryRaw(flux)
    } catch (failure) {
      throw known(failure)
    }
  }
  return {
    server: place.url,
    async write(lines) {
      // One chunk, no timer, no retry behind our back: when the flush resolves the server has all of it, and when it
      // rejects nothing is sent later.
      const options = { batchSize: lines.length + 1, flushInterval: 0, maxRetries: 0, writeFailed: giveUp }
      const writer = influx.getWriteApi(place.org, place.bucket, 'ns', options)
      writer.writeRecords([...lines])
      try {
        await writer.flush(true)
      } catch (failure) {
        throw known(failure)
      } finally {
        writer.dispose()
      }
    },
    select: async (query) => parseTable(await ask(selectFlux(place.bucket, query)), query.fields),
    async countByDay(range, field) {
      const counted = `|> filter(fn: (r) => r._field == ${text(field)})
  |> aggregateWindow(every: 1d, fn: count, createEmpty: false, timeSrc: "_start")
  |> group()
  |> keep(columns: ["_time", "_value"])
  |> sort(columns: ["_time"])`
      const { times, rows } = parseTable(await ask(`${sourceFlux(place.bucket, range)}\n  ${counted}`), ['_value'])
      return times.map((time, index) => ({ day: utcDayOf(time), count: Number(rows[index]?.[0]) }))
    },
    async remove({ measurement, tags, from, to }) {
      const equal = Object.entries({ _measurement: measurement, ...tags }).map(
        ([tag, value]) => `${tag}=${text(value)}`,
      )
      const body = JSON.stringify({ start: rfc3339(from), stop: rfc3339(to - 1n), predicate: equal.join(' AND ') })
      const path = `/api/v2/delete?${new URLSearchParams({ org: place.org, bucket: place.bucket })}`
      await post(path, body)
    },
    async prepare() {
      await ask(`from(bucket: ${text(place.bucket)}) |> range(start: -1s) |> limit(n: 1)`)
    },
    close() {},
  }

  async function post(path: string, body: string): Promise<void> {
    const headers = { authorization: `Token ${place.secret}`, 'content-type': 'application/json' }
    const response = await fetch(`${place.url}${path}`, { method: 'POST', body, headers }).catch((failure) => {
      throw noAnswer(place, failure)
    })
    const answer = await response.text()
    if (!response.ok) throw refusal(place, response.status, answer)
  }
}

/** Without it the client writes to the console. */
function giveUp(failure: Error): Promise<void> {
  return Promise.reject(failure)
}

/** The window of a first day begins where the range does: its day is the one that holds it. */
function utcDayOf(time: string): number {
  return Math.floor(Date.parse(time) / 86_400_000) * 86_400_000
}

function sourceFlux(bucket: string, { measurement, tags, from, to }: InfluxRange): string {
  const equal = Object.entries({ _measurement: measurement, ...tags }).map(
    ([tag, value]) => `r.${tag} == ${text(value)}`,
  )
  return `from(bucket: ${text(bucket)})
  |> range(start: time(v: ${from}), stop: time(v: ${to}))
  |> filter(fn: (r) => ${equal.join(' and ')})`
}

function selectFlux(bucket: string, { fields, limit, newestFirst = false, ...range }: InfluxSelect): string {
  const steps = [
    `|> filter(fn: (r) => ${fields.map((field) => `r._field == ${text(field)}`).join(' or ')})`,
    '|> pivot(rowKey: ["_time"], columnKey: ["_field"], valueColumn: "_value")',
    '|> group()',
    `|> sort(columns: ["_time"]${newestFirst ? ', desc: true' : ''})`,
    ...(limit === undefined ? [] : [`|> limit(n: ${limit})`]),
  ]
  return `${sourceFlux(bucket, range)}\n  ${steps.join('\n  ')}`
}

/** A text of Flux: quotes, backslashes and the beginning of an expression in it are escaped. */
function text(value: string): string {
  return `"${value.replace(/["\\]/g, (mark) => `\\${mark}`).replaceAll('${', '\\${')}"`
}

function rfc3339(stamp: bigint): string {
  const seconds = stamp / 1_000_000_000n - (stamp % 1_000_000_000n < 0n ? 1n : 0n)
  const decimals = String(stamp - seconds * 1_000_000_000n).padStart(9, '0')
  return `${new Date(Number(seconds) * 1_000).toISOString().slice(0, 19)}.${decimals}Z`
}

/** Rows of annotated CSV; a column that the answer does not have is null. Empty lines part tables, # begins annotations. */
export function parseTable(csv: string, fields: readonly string[]): InfluxPoints {
  const times: string[] = []
  const rows: InfluxValue[][] = []
  let places: number[] = []
  let timeAt = -1
  let isHead = true
  for (const line of csv.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) {
      isHead = true
      continue
    }
    const cells = line.includes('"') ? quotedCells(line) : line.split(',')
    if (isHead) {
      if (cells.includes('error')) throw new DomainError('store.server-failed', { server: 'InfluxDB', reason: 'query' })
      timeAt = cells.indexOf('_time')
      places = fields.map((field) => cells.indexOf(field))
      isHead = false
      continue
    }
    times.push(cells[timeAt] ?? '')
    rows.push(places.map((at) => cellValue(at < 0 ? '' : (cells[at] ?? ''))))
  }
  return { times, rows }
}

function cellValue(cell: string): InfluxValue {
  if (cell === '') return null
  const number = Number(cell)
  return Number.isNaN(number) ? cell : number
}

function quotedCells(line: string): string[] {
  const cells: string[] = []
  let [cell, isQuoted] = ['', false]
  for (let at = 0; at < line.length; at++) {
    const mark = line[at] as string
    if (isQuoted && mark === '"' && line[at + 1] === '"') {
      cell += mark
      at++
    } else if (mark === '"') isQuoted = !isQuoted
    else if (mark === ',' && !isQuoted) {
      cells.push(cell)
      cell = ''
    } else cell += mark
  }
  return [...cells, cell]
}
