import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type RequestName, requestChannel, requestNames, topicNames } from '../../contract/contract.ts'
import { toWireError } from '../../contract/wire-error.ts'
import { callService, replyParts, type Service } from '../call-service.ts'
import { jsonColumns } from '../cli/output.ts'
import { type AuditLine, idsOf } from './audit.ts'
import { serveDashboard } from './dashboard.ts'
import { createGuard, type Guard, type Tokens } from './guard.ts'
import type { Lan } from './lan.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { openApiDocument } from './open-api.ts'
import { RepeatedCalls } from './repeated-calls.ts'
import { leastRole, mayCall } from './roles.ts'

export interface ServerOptions {
  readonly service: Service
  /** 0 = any free one. */
  readonly port: number
  /** Bearer tokens; every request but `/health` needs one. */
  readonly tokens: Tokens
  /** Hears of every call that changes something. */
  readonly audit?: (line: AuditLine) => void
  readonly version: string
  /** Absent: the loopback interface alone, without encryption. */
  readonly lan?: Lan
  /** The built renderer, shown to browsers at `/`; absent: the API alone. */
  readonly pages?: string
}

const bodyLimit = 4 * 1024 * 1024
const requestsPerMinute = 1_200

/**
 * The contract over HTTP on the loopback interface, or over HTTPS for other machines: `POST /api/<request>` with a
 * JSON body, `GET /openapi.json`,
 * the window itself as pages for a browser at `/`,
 * figures for Prometheus at `GET /metrics`,
 * topics as JSON lines on the WebSocket `/topics?ticket=…` (`POST /ticket` gives a ticket for one connection).
 */
export async function startServer(options: ServerOptions): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { lan } = options
  const app: FastifyInstance = fastify({
    ...(lan === undefined ? {} : { https: { cert: lan.cert, key: lan.key, minVersion: 'TLSv1.2' } }),
    bodyLimit,
    connectionTimeout: 10_000,
    requestTimeout: 5_000,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: true,
  })
  const guard = createGuard(options.tokens)
  const metrics = createMetrics(options.service)
  const repeated = new RepeatedCalls(options.service.calls)
  // JSON alone: a form or a text of a web page is refused before anything reads it.
  app.removeContentTypeParser('text/plain')
  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } })
  await app.register(rateLimit, { max: requestsPerMinute, timeWindow: 60_000 })
  await app.register(websocket, { options: { maxPayload: 65_536, perMessageDeflate: false } })
  app.addHook('onRequest', guard.check)
  // The limits above are for slow senders; a request that has arrived may take its time.
  app.addHook('preHandler', async (request) => {
    request.raw.socket.setTimeout(0)
  })
  app.setErrorHandler((failure, _request, reply) => answerError(reply, failure))

  if (options.pages !== undefined) await serveDashboard(app, options.pages)
  app.get('/health', () => ({ ok: true }))
  app.get('/openapi.json', () => openApiDocument(options.version))
  app.post('/ticket', () => ({ ticket: guard.issueTicket() }))
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))
  for (const name of requestNames) serveRequest(app, { ...options, guard, metrics, repeated }, name)
  serveTopics(app, options.service, guard, metrics)

  await app.listen({ host: lan?.host ?? '127.0.0.1', port: options.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  guard.servedAt(port, lan)
  return { port, close: () => app.close().finally(() => metrics.close()) }
}

interface Surroundings extends ServerOptions {
  readonly guard: Guard
  readonly metrics: Metrics
  readonly repeated: RepeatedCalls
}

function serveRequest(app: FastifyInstance, around: Surroundings, name: RequestName): void {
  const { service, guard, metrics, repeated, audit } = around
  const { changes } = requestChannel(name)
  app.post(`/api/${name}`, {
    async onResponse(request, reply) {
      metrics.answered(name, reply.statusCode, reply.elapsedTime)
      if (!changes) return
      const line = { role: guard.roleOf(request), request: name, status: reply.statusCode, key: keyOf(request) }
      audit?.({ ...line, ms: Math.round(reply.elapsedTime), ids: idsOf(request.body, answers.get(request)) })
    },
    async handler(request, reply) {
      const role = guard.roleOf(request)
      if (!mayCall(role, name)) {
        const data = { role, needs: leastRole(name), request: name }
        return reply.code(403).send({ error: { code: 'service.forbidden', data } })
      }
      if (name === 'live.kill' && isUnconfirmed(request.body))
        return reply.code(422).send({ error: { code: 'live.confirmation', data: {} } })
      const call = () => callService(service, name, request.body ?? {})
      const key = keyOf(request)
      const given = changes && key !== '' ? repeated.once(`${role} ${key}`, name, Date.now(), call) : call()
      const { reply: document, columns } = replyParts(name, (await given) as Awaited<ReturnType<typeof call>>)
      answers.set(request, document)
      return reply.send(columns === null ? document : { ...document, columns: jsonColumns(columns) })
    },
  })
}

/** From outside everything is closed in two steps: what would be done, then with its token that it be done. */
function isUnconfirmed(body: unknown): boolean {
  const { confirm, token } = (body ?? {}) as { readonly confirm?: unknown; readonly token?: unknown }
  return confirm === true && typeof token !== 'string'
}

/** What was answered, for the audit log. */
const answers = new WeakMap<FastifyRequest, unknown>()

function keyOf({ headers }: FastifyRequest): string {
  const key = headers['idempotency-key']
  return typeof key === 'string' ? key.slice(0, 200) : ''
}

function serveTopics(app: FastifyInstance, service: Service, guard: Guard, metrics: Metrics): void {
  app.get('/topics', { websocket: true, preValidation: guard.checkTicket }, (socket) => {
    metrics.listeners(1)
    const stop = topicNames.map((topic) =>
      service.subscribe(topic, (payload) => {
        // A reader that does not keep up is dropped, never the data of the others.
        if (socket.bufferedAmount > 4 * bodyLimit) socket.close(1013, 'too slow')
        else socket.send(JSON.stringify({ topic, payload }))
      }),
    )
    socket.on('close', () => {
      metrics.listeners(-1)
      for (const unsubscribe of stop) unsubscribe()
    })
  })
}

const notFound = new Set([
  'instrument.unknown',
  'run.unknown',
  'strategy.unknown',
  'request.unknown',
  'indicator.unknown',
])

function answerError(reply: FastifyReply, failure: unknown): FastifyReply {
  const status = (failure as { statusCode?: number }).statusCode
  if (status !== undefined && status < 500) {
    const message = (failure as Error).message
    return reply.code(status).send({ error: { code: 'request.invalid', data: { request: '', field: '', message } } })
  }
  const error = toWireError(failure)
  return reply.code(error.code === 'internal' ? 500 : notFound.has(error.code) ? 404 : 422).send({ error })
}
