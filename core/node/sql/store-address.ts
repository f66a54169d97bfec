import { DomainError } from '../../domain/errors.ts'
import { parseInfluxUrl } from '../influx/influx-url.ts'

/** Where a store lies: the data folder's own SQLite, or a database on a server. */
export type StoreAddress = { readonly kind: 'sqlite' } | ServerAddress | InfluxAddress

/** Bars and market data in InfluxDB; the rest stays in the data folder. */
export interface InfluxAddress {
  readonly kind: 'influx'
  /** Without password or token. */
  readonly url: string
}

export interface ServerAddress {
  readonly kind: 'mysql' | 'postgres'
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  /** `require`: encrypted and the certificate checked; `off`: not encrypted, for loopback and trusted networks. */
  readonly tls: 'off' | 'require'
  /** Bars in a TimescaleDB hypertable; PostgreSQL only. */
  readonly timescale: boolean
}

const kinds: Readonly<Record<string, ServerAddress['kind']>> = {
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
}

const invalid = (reason: string) => new DomainError('store.url-invalid', { reason })

/**
 * Reads `sqlite:`, `mysql://`, `mariadb://` or `postgres://user@host:port/database?tls=require&timescale=on`, and
 * `influx://` as `parseInfluxUrl` does.
 * A password is taken out of it: it belongs into the vault, never into settings or messages.
 * Fails with `store.url-invalid`, whose reason never quotes the URL.
 */
export function parseStoreUrl(text: string): { readonly address: StoreAddress; readonly password: string | null } {
  if (/^sqlite:/.test(text)) return { address: { kind: 'sqlite' }, password: null }
  if (/^influxs?:/.test(text)) return parseInflux(text)
  const url = URL.canParse(text) ? new URL(text) : null
  const kind = url === null ? undefined : kinds[url.protocol]
  if (url === null || kind === undefined) throw invalid('sqlite: · mysql:// · mariadb:// · postgres:// · influx://')
  const database = decoded(url.pathname.replace(/^\//, ''))
  const user = decoded(url.username)
  if (url.hostname === '') throw invalid('host')
  if (user === '') throw invalid('user')
  if (database === '' || database.includes('/')) throw invalid('database')
  const port = url.port === '' ? (kind === 'mysql' ? 3306 : 5432) : Number(url.port)
  const options = optionsOf(url, kind)
  const password = url.password === '' ? null : decoded(url.password)
  return {
    address: { kind, host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port, user, database, ...options },
    password,
  }
}

function parseInflux(text: string): { readonly address: InfluxAddress; readonly password: string | null } {
  const { secret } = parseInfluxUrl(text)
  const url = new URL(text)
  url.password = ''
  return { address: { kind: 'influx', url: url.href }, password: secret === '' ? null : secret }
}

/** The address with its password or token in it, as the connection takes it. */
export function influxUrl({ url: text }: InfluxAddress, secret: string | null): string {
  const url = new URL(text)
  url.password = encodeURIComponent(secret ?? '')
  return url.href
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalid('%')
  }
}

function optionsOf(url: URL, kind: ServerAddress['kind']): Pick<ServerAddress, 'tls' | 'timescale'> {
  for (const [name, value] of url.searchParams) {
    const known = name === 'tls' ? ['off', 'require'] : name === 'timescale' && kind === 'postgres' ? ['off', 'on'] : []
    // Only the name: a mistyped `password=…` must not be repeated in a message.
    if (!known.includes(value)) throw invalid(`?${name}`)
  }
  const tls = url.searchParams.get('tls') === 'require' ? 'require' : 'off'
  return { tls, timescale: url.searchParams.get('timescale') === 'on' }
}

/** The URL of an address, without a password: what settings, screens and messages show. */
export function storeUrl(address: StoreAddress): string {
  if (address.kind === 'sqlite') return 'sqlite:'
  if (address.kind === 'influx') return address.url
  const { kind, host, port, user, database, tls, timescale } = address
  const options = [...(tls === 'require' ? ['tls=require'] : []), ...(timescale ? ['timescale=on'] : [])]
  const name = host.includes(':') ? `[${host}]` : host
  const base = `${kind}://${encodeURIComponent(user)}@${name}:${port}/${encodeURIComponent(database)}`
  return options.length === 0 ? base : `${base}?${options.join('&')}`
}

/** `host:port/database`: how messages name a store. */
export function placeOf({ host, port, database }: ServerAddress): string {
  return `${host}:${port}/${database}`
}
