import type { Clock } from '../../lib/clock.ts'
import type { BarStore } from '../../stores/bar-store.ts'
import type { MarketStore } from '../../stores/market-store.ts'
import { sha256 } from '../store/packed-columns.ts'
import { createInfluxBarStore } from './influx-bar-store.ts'
import type { InfluxConnection } from './influx-connection.ts'
import { createInfluxMarketStore } from './influx-market-store.ts'
import { type InfluxPlace, parseInfluxUrl } from './influx-url.ts'
import { connectInfluxV1 } from './influx-v1.ts'
import { connectInfluxV2 } from './influx-v2.ts'

export interface InfluxStores {
  readonly bars: BarStore
  readonly market: MarketStore
  readonly connection: InfluxConnection
  close(): void
}

/** The connection of a version; nothing is asked yet. */
export function connectInflux(place: InfluxPlace): InfluxConnection {
  return place.version === 1 ? connectInfluxV1(place) : connectInfluxV2(place)
}

/**
 * Bars and market data in InfluxDB, by an `influx://` URL (`parseInfluxUrl`). Fails with `store.url-invalid`,
 * `store.unreachable`, `store.login` (name or token), `store.server-failed` (no such bucket); a database (1.x) is made
 * when missing.
 */
export async function openInflux(url: string, clock: Clock): Promise<InfluxStores> {
  const place = parseInfluxUrl(url)
  const connection = connectInflux(place)
  await connection.prepare()
  const host = { connection, clock, sha256 }
  const [bars, market] = [createInfluxBarStore(host), createInfluxMarketStore(host)]
  return { bars, market, connection, close: () => connection.close() }
}
