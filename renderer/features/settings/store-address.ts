/** A store's server as a form shows it; the password is never part of it. */
export interface StoreFields {
  readonly kind: 'sqlite' | 'postgres' | 'mariadb'
  readonly host: string
  /** Empty: the usual one. */
  readonly port: string
  readonly database: string
  readonly user: string
  readonly encrypted: boolean
}

export const storeKinds = ['sqlite', 'postgres', 'mariadb'] as const
export const usualPort = { sqlite: '', postgres: '5432', mariadb: '3306' } as const

const empty: StoreFields = {
  kind: 'postgres',
  host: '127.0.0.1',
  port: '',
  database: 'tickwright',
  user: '',
  encrypted: false,
}

/** The address of a filled form; null while something that it needs is missing. */
export function addressOf({ kind, host, port, database, user, encrypted }: StoreFields): string | null {
  if (kind === 'sqlite') return 'sqlite:'
  if (host.trim() === '' || database.trim() === '' || user.trim() === '') return null
  if (port !== '' && !/^[1-9]\d{0,4}$/.test(port)) return null
  const place = host.includes(':') ? `[${host.trim()}]` : host.trim()
  const number = port === '' ? usualPort[kind] : port
  const base = `${kind}://${encodeURIComponent(user.trim())}@${place}:${number}/${encodeURIComponent(database.trim())}`
  return encrypted ? `${base}?tls=require` : base
}

/** The form of an address in use; a folder's own store opens the form of the server that one may want next. */
export function fieldsOf(address: string): StoreFields {
  if (address.startsWith('sqlite:') || !URL.canParse(address)) return empty
  const url = new URL(address)
  return {
    kind: url.protocol.startsWith('postgres') ? 'postgres' : 'mariadb',
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port,
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    encrypted: url.searchParams.get('tls') === 'require',
  }
}
