import { DomainError } from '../../domain/errors.ts'

/** Where an InfluxDB is and what of it is used. */
export interface InfluxPlace {
  readonly version: 1 | 2
  /** `http://host:8086`. */
  readonly url: string
  /** Database (1.x) or bucket (2.x). */
  readonly bucket: string
  /** 2.x only. */
  readonly org: string
  /** Name and password (1.x), or the token as password (2.x); empty: none. */
  readonly user: string
  readonly secret: string
}

/**
 * Reads `influx://user:password@host:8086/database?version=1` or `influx://:token@host:8086?version=2&org=o&bucket=b`;
 * `influxs://` for TLS. Throws `store.url-invalid` with what is wrong.
 */
export function parseInfluxUrl(text: string): InfluxPlace {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !(url.protocol in schemes) || url.hostname === '') throw refuse('influx://…')
  const version = url.searchParams.get('version') ?? '1'
  const bucket = url.searchParams.get('bucket') ?? decodeURIComponent(url.pathname.slice(1))
  const org = url.searchParams.get('org') ?? ''
  const secrets = { user: decodeURIComponent(url.username), secret: decodeURIComponent(url.password) }
  const server = `${schemes[url.protocol]}//${url.hostname}:${url.port || '8086'}`
  if (version !== '1' && version !== '2') throw refuse(`version=${version}`)
  if (bucket === '') throw refuse(version === '1' ? 'influx://…/DATABASE' : 'bucket=')
  if (version === '2' && org === '') throw refuse('org=')
  return { version: version === '1' ? 1 : 2, url: server, bucket, org, ...secrets }
}

const schemes: Readonly<Record<string, string>> = { 'influx:': 'http:', 'influxs:': 'https:' }

function refuse(reason: string): DomainError {
  return new DomainError('store.url-invalid', { reason })
}
