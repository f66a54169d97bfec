import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a service was sent. */
export interface Received {
  readonly service: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Readonly<Record<string, unknown>>
}

interface Reply {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Stand-ins for chat and SMS services: they answer as the real ones do, their refusals included. */
export interface ChatServices {
  readonly address: string
  readonly received: Received[]
  /** The next answers of a service, before its own. */
  readonly next: Map<string, Reply[]>
  close(): Promise<void>
}

const json = (status: number, body: unknown): Reply => ({ status, body: JSON.stringify(body) })

type Service = (received: Received, raw: string) => Reply

const services: Readonly<Record<string, Service>> = {
  telegram: ({ path, body }) =>
    path === '/botTOKEN/sendMessage' && body.chat_id === '42'
      ? json(200, { ok: true, result: { message_id: 1 } })
      : json(400, { ok: false, error_code: 400, description: 'Bad Request: chat not found' }),
  discord: ({ body }) => (String(body.content).length <= 2000 ? { status: 204, body: '' } : json(400, { code: 50035 })),
  slack: ({ body }) => (body.text === '' ? { status: 400, body: 'no_text' } : { status: 200, body: 'ok' }),
  wecom: ({ path }) =>
    path.includes('key=KEY')
      ? json(200, { errcode: 0, errmsg: 'ok' })
      : json(200, { errcode: 93000, errmsg: 'invalid webhook url' }),
  dingtalk: ({ path }) => {
    const query = new URL(path, 'http://robot').searchParams
    const stamp = query.get('timestamp')
    const wanted = createHmac('sha256', 'SECRET').update(`${stamp}\nSECRET`).digest('base64')
    const isFresh = Math.abs(Number(stamp) - Date.now()) < 3_600_000
    return isFresh && query.get('sign') === wanted && query.get('access_token') === 'TOKEN'
      ? json(200, { errcode: 0, errmsg: 'ok' })
      : json(200, { errcode: 310000, errmsg: 'sign not match' })
  },
  feishu: ({ path, body }) => {
    const wanted = createHmac('sha256', `${body.timestamp}\nSECRET`).update('').digest('base64')
    return path.endsWith('/hook/TOKEN') && body.sign === wanted
      ? json(200, { code: 0, msg: 'success' })
      : json(200, { code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' })
  },
  twilio: ({ headers, body }) => {
    const wanted = `Basic ${Buffer.from('AC1:TOKEN').toString('base64')}`
    if (headers.authorization !== wanted) return json(401, { code: 20003, message: 'Authenticate' })
    return String(body.To).startsWith('+')
      ? json(201, { sid: 'SM1', status: 'queued', error_code: null })
      : json(400, { code: 21211, message: 'Invalid To number' })
  },
  vonage: ({ body }) =>
    json(200, {
      messages: [body.api_secret === 'SECRET' ? { status: '0' } : { status: '4', 'error-text': 'Bad Credentials' }],
    }),
  webhook: ({ headers }, raw) => {
    const stamp = headers['x-tickwright-timestamp']
    const wanted = `sha256=${createHmac('sha256', 'SECRET').update(`${stamp}.${raw}`).digest('hex')}`
    return headers['x-tickwright-signature'] === wanted
      ? { status: 202, body: '' }
      : { status: 403, body: 'bad signature' }
  },
}

const serviceOf = (path: string) =>
  path.startsWith('/bot')
    ? 'telegram'
    : path.startsWith('/cgi-bin')
      ? 'wecom'
      : path.startsWith('/robot')
        ? 'dingtalk'
        : path.startsWith('/open-apis')
          ? 'feishu'
          : path.startsWith('/2010-04-01')
            ? 'twilio'
            : path.startsWith('/sms')
              ? 'vonage'
              : (path.split('/')[1]?.split('?')[0] ?? '')

/** Starts them all on one port of the loopback. */
export async function chatServices(): Promise<ChatServices> {
  const received: Received[] = []
  const next = new Map<string, Reply[]>()
  const server = createServer((request, response) => {
    let raw = ''
    request.on('data', (piece: Buffer) => {
      raw += piece.toString('utf8')
    })
    request.on('end', () => {
      const path = request.url ?? ''
      const service = serviceOf(path)
      const isForm = request.headers['content-type']?.includes('urlencoded') === true
      const body = isForm ? Object.fromEntries(new URLSearchParams(raw)) : (JSON.parse(raw) as Record<string, unknown>)
      const one: Received = { service, path, headers: request.headers, body }
      received.push(one)
      const reply = next.get(service)?.shift() ?? services[service]?.(one, raw) ?? json(404, {})
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
      response.end(reply.body)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...{ address, received, next },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
