import { gzipSync } from 'node:zlib'
import {
  firstStamp,
  type InfluxConnection,
  type InfluxPoints,
  type InfluxRange,
  type InfluxSelect,
  type InfluxValue,
  stampOf,
} from './influx-connection.ts'
import { noAnswer, refusal } from './influx-errors.ts'
import type { InfluxPlace } from './influx-url.ts'

interface Series {
  readonly values: readonly (readonly InfluxValue[])[]
}
interface Answer {
  readonly error?: string
  readonly results?: readonly { readonly error?: string; readonly series?: readonly Series[] }[]
}

/**
 * InfluxDB 1.x over HTTP: line protocol in, InfluxQL and JSON out. JSON, because CSV answers leave errors out; times as
 * text, because nanoseconds do not fit a double.
 */
export function connectInfluxV1(place: InfluxPlace): InfluxConnection {
  const headers: Record<string, string> =
    place.user === ''
      ? {}
      : { authorization: `Basic ${Buffer.from(`${place.user}:${place.secret}`).toString('base64')}` }
  const send = async (path: string, init: RequestInit) => {
    try {
      return await fetch(`${place.url}${path}`, { ...init, headers: { ...headers, ...init.headers } })
    } catch (failure) {
      throw noAnswer(place, failure)
    }
  }
  const ask = async (statement: string): Promise<readonly Series[]> => {
    const body = new URLSearchParams({ db: place.bucket, q: statement })
    const response = await send('/query', { method: 'POST', body })
    const text = await response.text()
    if (!response.ok) throw refusal(place, response.status, text)
    const { error, results = [] } = JSON.parse(text) as Answer
    const failed = error ?? results.find((result) => result.error !== undefined)?.error
    if (failed !== undefined) throw refusal(place, response.status, failed)
    return results.flatMap(({ series = [] }) => series)
  }
  return {
    server: place.url,
    async write(lines) {
      const body = gzipSync(lines.join('\n'), { level: 1 })
      const path = `/write?${new URLSearchParams({ db: place.bucket, precision: 'ns' })}`
      const response = await send(path, { method: 'POST', body, headers: { 'content-encoding': 'gzip' } })
      const text = await response.text()
      if (response.status !== 204) throw refusal(place, response.status, text)
    },
    select: async (query) => pointsOf(await ask(selectStatement(query))),
    async countByDay(range, field) {
      const from = range.from === firstStamp ? await firstOf(range, field) : range.from
      if (from === null) return []
      const where = whereClause({ ...range, from })
      const series = await ask(
        `SELECT COUNT(${name(field)}) FROM ${name(range.measurement)} ${where} GROUP BY time(1d) fill(none)`,
      )
      return pointsOf(series).times.map((time, index) => {
        return { day: Date.parse(time), count: Number(series[0]?.values[index]?.[1]) }
      })
    },
    async remove(range) {
      await ask(`DELETE FROM ${name(range.measurement)} ${whereClause(range)}`)
    },
    async prepare() {
      await ask(`CREATE DATABASE ${name(place.bucket)}`)
    },
    close() {},
  }

  /** Buckets of days from 1677 on would be a hundred thousand. */
  async function firstOf(range: InfluxRange, field: string) {
    const [time] = pointsOf(await ask(selectStatement({ ...range, fields: [field], limit: 1 }))).times
    return time === undefined ? null : stampOf(time)
  }
}

function pointsOf(series: readonly Series[]): InfluxPoints {
  const values = series.flatMap((one) => one.values)
  return { times: values.map(([time]) => String(time)), rows: values.map(([, ...row]) => row) }
}

function selectStatement({ fields, limit, newestFirst = false, ...range }: InfluxSelect): string {
  const order = newestFirst ? ' ORDER BY time DESC' : ''
  const most = limit === undefined ? '' : ` LIMIT ${limit}`
  return `SELECT ${fields.map(name).join(', ')} FROM ${name(range.measurement)} ${whereClause(range)}${order}${most}`
}

function whereClause({ tags, from, to }: InfluxRange): string {
  const equal = Object.entries(tags).map(
    ([tag, value]) => `${name(tag)} = '${value.replace(/['\\]/g, (mark) => `\\${mark}`)}'`,
  )
  return `WHERE ${[...equal, `time >= ${from}`, `time < ${to}`].join(' AND ')}`
}

function name(word: string): string {
  return `"${word.replace(/["\\]/g, (mark) => `\\${mark}`)}"`
}
