import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { expect } from 'vitest'
import { type RequestName, requestChannel, type Takes } from '../../core/contract/contract.ts'
import { startServer } from '../../core/node/http/server.ts'
import { aService, type RunningService } from './a-service.ts'

export const serverToken = 'a-token-of-this-test'
/** One for each role; `serverToken` is the admin’s. */
export const serverTokens = { admin: serverToken, trader: 'the-traders-token', viewer: 'the-viewers-token' }

interface Sent {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly port?: number
}

/** A service with its HTTP host. */
export interface RunningServer {
  readonly running: RunningService
  readonly port: number
  /** Sends exactly these headers (fetch would not let a test forge Host or Origin), and the token unless told otherwise. */
  send(sent: Sent): Promise<Answer>
  /** A request of the contract; its reply is proved to fit the schema. */
  api<Name extends RequestName>(name: Name, takes: Takes<Name>): Promise<Replied>
  /** Another host of the same service, with counters of its own. */
  another(): ReturnType<typeof startServer>
  close(): Promise<void>
}

interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly text: string
  json(): Record<string, unknown>
}

interface Replied {
  readonly reply: Record<string, unknown>
  readonly columns: Record<string, (number | null)[]>
}

export async function aServer(): Promise<RunningServer> {
  const running = await aService()
  const another = () => startServer({ service: running.service, port: 0, tokens: serverTokens, version: '0.1.0' })
  const server = await another()
  const send = (sent: Sent) => sendTo(server.port, sent)
  return {
    running,
    port: server.port,
    send,
    async api(name, takes) {
      const answer = await send({ path: `/api/${name}`, body: JSON.stringify(takes) })
      expect([name, answer.status, answer.status === 200 ? '' : answer.text]).toEqual([name, 200, ''])
      return repliedOf(name, answer.json())
    },
    another,
    async close() {
      await server.close()
      await running.close()
    },
  }
}

/** Columns take the place of their names, where a reply has them. */
function repliedOf(name: RequestName, document: Record<string, unknown>): Replied {
  const { gives, bulk } = requestChannel(name)
  if (!bulk) return { reply: gives.parse(document) as Record<string, unknown>, columns: {} }
  const { columns, ...reply } = document as { columns: Replied['columns'] }
  const names = 'columns' in gives.shape ? { columns: Object.keys(columns) } : {}
  return { reply: gives.parse({ ...reply, ...names }) as Record<string, unknown>, columns }
}

async function sendTo(
  served: number,
  { method = 'POST', path, headers = {}, body, port = served }: Sent,
): Promise<Answer> {
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const options = { host: '127.0.0.1', port, method, path, agent: false }
  const sent = httpRequest({ ...options, headers: { authorization: `Bearer ${serverToken}`, ...type, ...headers } })
  // A server that refuses a body may close the connection while we are still sending it: the answer counts.
  sent.on('error', () => undefined)
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  let text = ''
  for await (const part of answer.setEncoding('utf8')) text += part as string
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text,
    json: () => JSON.parse(text) as Record<string, unknown>,
  }
}
