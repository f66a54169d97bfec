import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { requestChannel, requestNames } from '../../core/contract/contract.ts'
import { openAudit } from '../../core/node/http/audit.ts'
import { requestsOf } from '../../core/node/http/roles.ts'
import { startServer } from '../../core/node/http/server.ts'
import { aServer, type RunningServer, serverToken, serverTokens } from '../helpers/a-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

vi.setConfig({ testTimeout: 90_000 })

describe('who may speak to it (06 section 3.1)', () => {
  const info = '/api/app.info'

  test('W1: it listens on the loopback interface alone', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter((each) => each !== undefined && !each.internal && each.family === 'IPv4')
    for (const each of outside) {
      const socket = connect(server.port, each?.address)
      const outcome = await new Promise((resolve) =>
        socket.on('connect', () => resolve('connected')).on('error', () => resolve('refused')),
      )
      socket.destroy()
      expect(outcome).toBe('refused')
    }
    expect((await server.send({ path: info })).status).toBe(200)
  })

  test.each<[string, Record<string, string>]>([
    ['no token', { authorization: '' }],
    ['a wrong one', { authorization: 'Bearer a-token-of-this-tesT' }],
    ['another scheme', { authorization: `Basic ${serverToken}` }],
  ])('W2: %s is refused', async (_, headers) => {
    const answer = await server.send({ path: info, headers })
    expect([answer.status, answer.json()]).toEqual([401, { error: { code: 'service.unauthorised', data: {} } }])
  })

  test('W2: a token in the address is none; liveness needs none', async () => {
    expect((await server.send({ path: `${info}?token=${serverToken}`, headers: { authorization: '' } })).status).toBe(
      401,
    )
    expect((await server.send({ method: 'GET', path: '/openapi.json', headers: { authorization: '' } })).status).toBe(
      401,
    )
    expect((await server.send({ method: 'GET', path: '/health', headers: { authorization: '' } })).json()).toEqual({
      ok: true,
    })
  })

  test('W2: a viewer looks on, a trader trades by hand, an admin does everything; the metrics need a token', async () => {
    const as = (token: string, path: string, body = '{}') =>
      server.send({ path: `/api/${path}`, body, headers: { authorization: `Bearer ${token}` } })
    const { viewer, trader, admin } = serverTokens
    expect((await as(viewer, 'instrument.list')).status).toBe(200)
    expect((await as(viewer, 'live.kill', '{"confirm":false}')).json()).toMatchObject({
      error: { code: 'service.forbidden', data: { role: 'viewer', needs: 'trader' } },
    })
    expect((await as(trader, 'live.kill', '{"confirm":false}')).status).toBe(200)
    const setting = '{"key":"theme","value":1}'
    expect((await as(trader, 'settings.set', setting)).status).toBe(403)
    expect((await as(viewer, 'import.inspect', '{"path":"/etc/passwd","recipe":null}')).status).toBe(403)
    expect((await as(admin, 'settings.set', setting)).status).toBe(200)
    for (const name of requestNames) {
      const isAllowed = requestsOf('viewer').includes(name)
      expect([name, isAllowed && requestChannel(name).changes]).toEqual([name, false])
    }
    const anonymous = { method: 'GET', path: '/metrics', headers: { authorization: '' } }
    expect((await server.send(anonymous)).status).toBe(401)
    const { text } = await server.send({ method: 'GET', path: '/metrics' })
    expect(text).toMatch(/tickwright_request_seconds_count\{request="settings\.set",status="403"\} 1/)
    expect(text).toContain('tickwright_process_cpu_seconds_total')
  })

  test('W7: a call repeated under its Idempotency-Key is done once and answered alike', async () => {
    const send = (key: string, path: string, body: object) =>
      server.send({ path, body: JSON.stringify(body), headers: { 'idempotency-key': key } })
    const create = { name: 'once.ts', template: '' }
    const { reply } = await server.api('strategy.list', {})
    create.template = (reply.templates as { id: string }[])[0]?.id ?? ''
    const answers = await Promise.all([1, 2, 3].map(() => send('k1', '/api/strategy.create', create)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect((await send('k2', '/api/strategy.create', create)).json()).toMatchObject({
      error: { code: 'strategy.exists' },
    })
    const other = await send('k1', '/api/strategy.delete', { name: 'once.ts' })
    expect(other.json()).toMatchObject({ error: { code: 'service.key-used' } })
    // The next server on the same data folder knows it too
    const next = await startServer({ service: server.running.service, port: 0, tokens: serverTokens, version: '0.1.0' })
    const again = { port: next.port, path: '/api/strategy.create', body: JSON.stringify(create) }
    const repeated = await server.send({ ...again, headers: { 'idempotency-key': 'k1' } })
    expect([repeated.status, repeated.text]).toEqual([200, answers[0]?.text])
    // A service ended in the middle of this one
    await server.running.service.calls.begin('admin k9', 'strategy.create', Date.now())
    const open = await server.send({ ...again, headers: { 'idempotency-key': 'k9' } })
    expect(open.json()).toMatchObject({ error: { code: 'service.key-open' } })
    await next.close()
    // What failed may be tried again
    await send('k3', '/api/strategy.delete', { name: 'none.ts' })
    expect((await send('k2', '/api/strategy.delete', { name: 'once.ts' })).status).toBe(200)
  })

  test('W12: every call that changes something is a line of the audit log, without what it carried', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tickwright-audit-'))
    const audit = openAudit(folder)
    const audited = await startServer({
      ...{ service: server.running.service, port: 0, tokens: serverTokens, version: '0.1.0', audit: audit.write },
    })
    const send = (path: string, body: object, headers: Record<string, string> = {}) =>
      server.send({ path, port: audited.port, body: JSON.stringify(body), headers })
    await send('/api/settings.set', { key: 'hidden', value: 'SECRET-VALUE' }, { 'idempotency-key': 'audit-1' })
    await send('/api/instrument.list', {})
    await send('/api/live.stop', { session: 'none', flatten: true }, { authorization: `Bearer ${serverTokens.viewer}` })
    await audited.close()
    audit.close()
    const text = readFileSync(join(folder, 'logs', 'audit.log'), 'utf8')
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(lines).toMatchObject([
      { role: 'admin', request: 'settings.set', status: 200, key: 'audit-1' },
      { role: 'viewer', request: 'live.stop', status: 403, ids: { session: 'none' } },
    ])
    expect(text).not.toContain('SECRET-VALUE')
    rmSync(folder, { recursive: true })
  })

  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost'])(
    'W3: Host %s is not ours',
    async (host) => {
      expect((await server.send({ path: info, headers: { host } })).status).toBe(421)
      expect((await server.send({ method: 'GET', path: '/topics?ticket=x', headers: { host } })).status).toBe(421)
    },
  )

  test('W4: a page of another origin is refused, and hears no permission; our own may', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      `https://127.0.0.1:${server.port}`,
      `http://127.0.0.1:${server.port}.evil.example`,
    ]) {
      const answer = await server.send({ path: info, headers: { origin } })
      expect([origin, answer.status]).toEqual([origin, 403])
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
    const preflight = await server.send({ method: 'OPTIONS', path: info, headers: { origin: 'https://evil.example' } })
    expect(preflight.status).toBe(403)
    for (const site of ['cross-site', 'same-site']) {
      expect((await server.send({ path: info, headers: { 'sec-fetch-site': site } })).status).toBe(403)
    }
    const own = { origin: `http://127.0.0.1:${server.port}`, 'sec-fetch-site': 'same-origin' }
    expect((await server.send({ path: info, headers: own })).status).toBe(200)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'W4: a body of %s is refused before anything reads it',
    async (type) => {
      expect((await server.send({ path: '/api/job.list', headers: { 'content-type': type }, body: '{}' })).status).toBe(
        415,
      )
    },
  )

  test.each<[string, string]>([
    ['an extra key', '{"run":"run-0","extra":1}'],
    ['a text for a number', '{"run":"run-0","maxRows":"1"}'],
    ['a prototype', '{"run":"run-0","maxRows":1,"__proto__":{"x":1}}'],
    ['a constructor', '{"run":"run-0","maxRows":1,"constructor":{"prototype":{"x":1}}}'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['an infinite number', '{"run":"run-0","maxRows":1e400}'],
    ['a negative number', '{"run":"run-0","maxRows":-1}'],
    ['no JSON', '{"run":'],
  ])('W6: %s is refused', async (_, body) => {
    const answer = await server.send({ path: '/api/run.equity', body })
    expect([400, 422]).toContain(answer.status)
    expect(answer.json()).toMatchObject({ error: { code: 'request.invalid' } })
    expect(({} as { x?: number }).x).toBeUndefined()
  })

  test('W6: a body of five megabytes is refused', async () => {
    const body = JSON.stringify({ name: 'big.ts', code: 'x'.repeat(5_000_000) })
    const answer = await server
      .send({ path: '/api/strategy.save', body })
      .catch((failure: NodeJS.ErrnoException) => failure.code)
    // The server may close the connection while we are still sending.
    expect(typeof answer === 'object' ? answer.status : answer).toSatisfy(
      (end) => end === 413 || end === 'EPIPE' || end === 'ECONNRESET',
    )
  })

  test('W9: the answers carry the headers that keep a browser from using them', async () => {
    const { headers } = await server.send({ path: info })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers.server).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('W8: after twenty wrong tokens everybody waits, and more than 1,200 requests a minute are too many', async () => {
    const guessed = await server.another()
    const guess = { path: info, port: guessed.port, headers: { authorization: 'Bearer wrong' } }
    for (let count = 0; count < 20; count++) expect((await server.send(guess)).status).toBe(401)
    expect((await server.send(guess)).status).toBe(429)
    expect((await server.send({ path: info, port: guessed.port })).status).toBe(429)
    await guessed.close()
    const hurried = await server.another()
    const ask = () => server.send({ method: 'GET', path: '/health', port: hurried.port })
    const statuses = new Map<number | undefined, number>()
    for (let count = 0; count < 1_230; count += 30) {
      for (const { status } of await Promise.all(Array.from({ length: 30 }, ask)))
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect([statuses.get(200), statuses.get(429)]).toEqual([1_200, 30])
    await hurried.close()
  })

  test.concurrent('W10: work that takes long is not cut off', async () => {
    const { handlers } = server.running.service.workstation
    const slow = async () => {
      await new Promise((next) => setTimeout(next, 11_000))
      return { jobs: [] }
    }
    const workstation = { ...server.running.service.workstation, handlers: { ...handlers, 'job.list': slow } }
    const service = { ...server.running.service, workstation }
    const patient = await startServer({ service, port: 0, tokens: serverTokens, version: '0.1.0' })
    expect((await server.send({ path: '/api/job.list', body: '{}', port: patient.port })).json()).toEqual({ jobs: [] })
    await patient.close()
  })

  test.concurrent('W10: a request that never ends is cut off', async () => {
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(`POST ${info} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`)
    await once(socket, 'close')
  })
})
