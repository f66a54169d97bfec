/** A store's server as a form shows it; the password is never part of it. */
export interface StoreFields {
  readonly kind: 'sqlite' | 'postgres' | 'mariadb' | 'influx1' | 'influx2'
  readonly host: string
  /** Empty: the usual one. */
  readonly port: string
  /** Database; bucket of InfluxDB 2. */
  readonly database: string
  /** InfluxDB 2. */
  readonly org: string
  /** May be empty for InfluxDB 1, is for InfluxDB 2. */
  readonly user: string
  readonly encrypted: boolean
}

export const storeKinds = ['sqlite', 'postgres', 'mariadb', 'influx1', 'influx2'] as const
export const usualPort = { sqlite: '', postgres: '5432', mariadb: '3306', influx1: '8086', influx2: '8086' } as const

const empty: StoreFields = {
  kind: 'postgres',
  host: '127.0.0.1',
  port: '',
  database: 'tickwright',
  org: '',
  user: '',
  encrypted: false,
}

/** The address of a filled form; null while something that it needs is missing. */
export function addressOf(fields: StoreFields): string | null {
  const { kind, host, port, database, user, encrypted } = fields
  if (kind === 'sqlite') return 'sqlite:'
  if (host.trim() === '' || database.trim() === '') return null
  if (port !== '' && !/^[1-9]\d{0,4}$/.test(port)) return null
  const place = host.includes(':') ? `[${host.trim()}]` : host.trim()
  const number = port === '' ? usualPort[kind] : port
  if (kind === 'influx1' || kind === 'influx2') return influxAddress(fields, `${place}:${number}`)
  if (user.trim() === '') return null
  const base = `${kind}://${encodeURIComponent(user.trim())}@${place}:${number}/${encodeURIComponent(database.trim())}`
  return encrypted ? `${base}?tls=require` : base
}

function influxAddress({ kind, database, org, user, encrypted }: StoreFields, place: string): string | null {
  const scheme = encrypted ? 'influxs' : 'influx'
  const bucket = encodeURIComponent(database.trim())
  if (kind === 'influx1') {
    const name = user.trim() === '' ? '' : `${encodeURIComponent(user.trim())}@`
    return `${scheme}://${name}${place}/${bucket}?version=1`
  }
  if (org.trim() === '') return null
  return `${scheme}://${place}?version=2&org=${encodeURIComponent(org.trim())}&bucket=${bucket}`
}

/** The form of an address in use; a folder's own store opens the form of the server that one may want next. */
export function fieldsOf(address: string): StoreFields {
  if (address.startsWith('sqlite:') || !URL.canParse(address)) return empty
  const url = new URL(address)
  return {
    kind: kindOf(url),
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port,
    database: url.searchParams.get('bucket') ?? decodeURIComponent(url.pathname.slice(1)),
    org: url.searchParams.get('org') ?? '',
    user: decodeURIComponent(url.username),
    encrypted: url.protocol === 'influxs:' || url.searchParams.get('tls') === 'require',
  }
}

function kindOf({ protocol, searchParams }: URL): StoreFields['kind'] {
  if (protocol.startsWith('influx')) return searchParams.get('version') === '2' ? 'influx2' : 'influx1'
  return protocol.startsWith('postgres') ? 'postgres' : 'mariadb'
}
