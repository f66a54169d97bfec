import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isPage } from './dashboard.ts'
import { type Role, roles } from './roles.ts'

/** A token for each role; a role without one has nobody. */
export type Tokens = Readonly<Partial<Record<Role, string>>>

/** Who may speak to the service: own programs with a token, never a web page that happens to know the port. */
export interface Guard {
  readonly check: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>
  readonly checkTicket: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>
  /** Whose token a request that was let in has. */
  roleOf(request: FastifyRequest): Role
  /** One WebSocket, within ten seconds. */
  issueTicket(): string
  /** Port and names in Host and Origin, known once the server listens. */
  servedAt(port: number, lan?: { readonly names: readonly string[] }): void
}

const ticketLifeMs = 10_000
const failuresPerMinute = 20
/** Liveness, and the WebSocket whose ticket is its proof. */
const openPaths: ReadonlySet<string> = new Set(['/health', '/topics'])

export function createGuard(tokens: Tokens): Guard {
  const expected = roles.flatMap((role) => {
    const token = tokens[role]
    return token === undefined ? [] : [{ role, digest: digest(token) }]
  })
  const known = new WeakMap<FastifyRequest, Role>()
  const tickets = new Map<string, number>()
  let own: ReadonlySet<string> = new Set()
  let scheme = 'http'
  let failures: number[] = []

  const refuse = (reply: FastifyReply, status: number) =>
    reply.code(status).send({ error: { code: 'service.unauthorised', data: {} } })

  return {
    async check(request, reply) {
      const foreign = foreignSender(request, own, scheme)
      if (foreign !== undefined) return refuse(reply, foreign)
      const path = request.url.split('?')[0] ?? ''
      if (openPaths.has(path) || isPage(request.method, path)) return undefined
      const now = Date.now()
      failures = failures.filter((at) => now - at < 60_000)
      if (failures.length >= failuresPerMinute) return refuse(reply, 429)
      const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
      const holder = given === undefined ? undefined : holderOf(digest(given), expected)
      if (holder !== undefined) {
        known.set(request, holder)
        return undefined
      }
      failures.push(now)
      return refuse(reply, 401)
    },
    async checkTicket(request, reply) {
      const ticket = (request.query as { ticket?: string }).ticket ?? ''
      const issuedAt = tickets.get(ticket)
      tickets.delete(ticket)
      if (issuedAt !== undefined && Date.now() - issuedAt < ticketLifeMs) return undefined
      return refuse(reply, 401)
    },
    roleOf: (request) => known.get(request) ?? 'viewer',
    issueTicket() {
      const ticket = randomBytes(32).toString('base64url')
      const now = Date.now()
      for (const [old, issuedAt] of tickets) if (now - issuedAt > ticketLifeMs) tickets.delete(old)
      tickets.set(ticket, now)
      return ticket
    },
    servedAt(port, lan) {
      scheme = lan === undefined ? 'http' : 'https'
      const names = lan?.names ?? ['127.0.0.1', 'localhost']
      // Browsers leave the port out where it is the scheme's own
      own = new Set(names.flatMap((name) => (port === 443 ? [name, `${name}:443`] : [`${name}:${port}`])))
    },
  }
}

/** The status that refuses a web page, undefined for a program of our own. */
function foreignSender({ headers }: FastifyRequest, own: ReadonlySet<string>, scheme: string): number | undefined {
  // DNS rebinding: a page of another name may reach this address, but not with our Host.
  if (!own.has(headers.host ?? '')) return 421
  const [originScheme, originHost = ''] = (headers.origin ?? '').split('://')
  if (headers.origin !== undefined && (originScheme !== scheme || !own.has(originHost))) return 403
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none' ? undefined : 403
}

/** Compares with every token, whichever fits: the time taken tells nothing. */
function holderOf(
  given: Buffer,
  expected: readonly { readonly role: Role; readonly digest: Buffer }[],
): Role | undefined {
  let found: Role | undefined
  for (const { role, digest: own } of expected) if (timingSafeEqual(given, own)) found = role
  return found
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
