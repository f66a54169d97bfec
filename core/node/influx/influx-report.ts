import { toWireError } from '../../contract/wire-error.ts'
import type { ServerReport } from '../sql/server-report.ts'
import { type InfluxAddress, influxUrl } from '../sql/store-address.ts'
import { firstStamp, lastStamp } from './influx-connection.ts'
import { listRecords } from './influx-records.ts'
import { connectInflux } from './influx-stores.ts'
import { parseInfluxUrl } from './influx-url.ts'

/** Of the point that proves that points can be written, found and removed. */
const trial = 'tickwright_trial'

/** Tries InfluxDB: makes its database (1.x) or finds its bucket (2.x), and writes, reads and removes one point. */
export async function tryInflux(address: InfluxAddress, secret: string | null): Promise<ServerReport> {
  const nothing = { version: null, latencyMs: null, encoding: null, contents: null, timescale: false, error: null }
  const place = parseInfluxUrl(influxUrl(address, secret))
  const connection = connectInflux(place)
  try {
    await connection.prepare()
    const started = performance.now()
    const records = await listRecords(connection, 'bars')
    const latencyMs = performance.now() - started
    await connection.write([`${trial} n=1 0`])
    await connection.remove({ measurement: trial, tags: {}, from: firstStamp, to: lastStamp })
    const version = `InfluxDB ${place.version}`
    return { ...nothing, url: address.url, version, latencyMs, contents: records.length > 0 ? 'current' : 'none' }
  } catch (failure) {
    return { ...nothing, url: address.url, error: toWireError(failure) }
  } finally {
    connection.close()
  }
}
