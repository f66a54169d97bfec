import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { InfluxPointStore } from './influx-points.ts'

/** What a stand-in for InfluxDB 2 knows: its token, organisation and bucket. */
export const standInFacts = { token: 'secret token/=', org: 'desk', bucket: 'market data' }

export interface InfluxStandIn {
  readonly port: number
  readonly points: InfluxPointStore
  /** Requests that were answered, by path. */
  readonly counts: Readonly<Record<string, number>>
  /** The next writes are answered with this status; 0 = as usual. */
  refuseWrites(status: number): void
  /** So many of the next writes are acknowledged, and their lines with this text are lost, as InfluxDB 1.6 does at times. */
  loseLines(text: string, writes: number): void
  close(): Promise<void>
}

class Refusal extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/**
 * InfluxDB 2 as its documents describe it, on loopback: `/api/v2/write` (strict line protocol, field types kept),
 * `/api/v2/query` (the Flux that the store sends, as annotated CSV), `/api/v2/delete`, tokens, error bodies. Debian has
 * no InfluxDB 2, so this is no proof against the real one.
 */
export async function startInfluxStandIn(): Promise<InfluxStandIn> {
  const points = new InfluxPointStore()
  const counts: Record<string, number> = {}
  let refusedStatus = 0
  let loss = { text: '', writes: 0 }
  const routes: Record<string, (body: string, query: URLSearchParams) => [number, string]> = {
    '/api/v2/write': (body, query) => {
      if (refusedStatus !== 0) throw new Refusal(refusedStatus, 'unavailable', 'try later')
      if (query.get('precision') !== 'ns') throw new Refusal(400, 'invalid', 'precision')
      const isLost = (line: string) => loss.writes > 0 && line.includes(loss.text)
      const lines = body.split('\n')
      points.write(lines.filter((line) => !isLost(line)).join('\n'))
      if (lines.some(isLost)) loss = { ...loss, writes: loss.writes - 1 }
      return [204, '']
    },
    '/api/v2/query': (body) => {
      const { query, type } = JSON.parse(body) as { query: string; type: string }
      if (type !== 'flux') throw new Refusal(400, 'invalid', `unknown query type ${type}`)
      return [200, points.flux(query, standInFacts.bucket)]
    },
    '/api/v2/delete': (body) => {
      const { start, stop, predicate } = JSON.parse(body) as { start: string; stop: string; predicate: string }
      points.remove(start, stop, predicate)
      return [204, '']
    },
  }
  const answer = async (request: IncomingMessage): Promise<[number, string]> => {
    const url = new URL(request.url ?? '', 'http://localhost')
    counts[url.pathname] = (counts[url.pathname] ?? 0) + 1
    const route = routes[url.pathname]
    if (route === undefined || request.method !== 'POST') throw new Refusal(404, 'not found', 'path not found')
    if (request.headers.authorization !== `Token ${standInFacts.token}`) {
      throw new Refusal(401, 'unauthorized', 'unauthorized access')
    }
    const { org, bucket } = standInFacts
    if (url.searchParams.get('org') !== org) throw new Refusal(404, 'not found', 'organization name not found')
    const named = url.searchParams.get('bucket')
    if (named !== null && named !== bucket) throw new Refusal(404, 'not found', `bucket "${named}" not found`)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8')
    return route(body, url.searchParams)
  }
  const server = createServer((request, response: ServerResponse) => {
    answer(request).then(
      ([status, text]) => response.writeHead(status, { 'content-type': 'text/csv; charset=utf-8' }).end(text),
      (failure: Error) => {
        const [status, code] = failure instanceof Refusal ? [failure.status, failure.code] : [400, 'invalid']
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ code, message: failure.message }))
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    points,
    counts,
    refuseWrites(status) {
      refusedStatus = status
    },
    loseLines(text, writes) {
      loss = { text, writes }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
