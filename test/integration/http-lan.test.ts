import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readLan } from '../../core/node/http/lan.ts'
import { startServer } from '../../core/node/http/server.ts'
import { aServer, type RunningServer, serverTokens } from '../helpers/a-server.ts'
import { temporaryHome } from '../helpers/a-service.ts'
import { startTerminal, terminal } from '../helpers/a-terminal.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const home = temporaryHome()
const file = (name: string) => join(home.path, name)
/** A certificate of its own for these names, good for so many days; the paths of it and its key. */
function certificate(name: string, names: string | null, days = 2): [string, string] {
  const [cert, key] = [file(`${name}.pem`), file(`${name}.key`)]
  const subject = names === null ? [] : ['-addext', `subjectAltName=${names}`]
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  execFileSync(
    'openssl',
    [...kind, '-days', `${days}`, '-subj', '/CN=desk', ...subject, '-keyout', key, '-out', cert],
    {
      stdio: 'ignore',
    },
  )
  chmodSync(key, 0o600)
  return [cert, key]
}

interface Asked {
  readonly port: number
  readonly ca: string
  readonly host?: string
  readonly token?: string
}

/** A request as a browser on another machine makes it; what went wrong where there is no answer. */
function ask({ port, ca, host = `desk.lan:${port}`, token = serverTokens.viewer }: Asked): Promise<string> {
  return new Promise((resolve) => {
    const asked = request(
      {
        ...{ host: '127.0.0.1', servername: 'desk.lan', port, ca, method: 'POST', path: '/api/app.info' },
        headers: { host, authorization: `Bearer ${token}`, origin: `https://${host}` },
      },
      (answer) => {
        answer.resume()
        resolve(`${answer.statusCode} ${answer.headers['strict-transport-security'] === undefined ? '' : 'HSTS'}`)
      },
    )
    asked.on('error', (failure: NodeJS.ErrnoException) => resolve(failure.code ?? failure.message))
    asked.end()
  })
}

describe('other machines', () => {
  let server: RunningServer
  let lan: Awaited<ReturnType<typeof startServer>>
  let ca: string
  beforeAll(async () => {
    const [cert, key] = certificate('desk', 'DNS:desk.lan,IP:127.0.0.1')
    ca = readFileSync(cert, 'utf8')
    server = await aServer()
    const { service } = server.running
    const read = readLan('0.0.0.0', cert, key, Date.now())
    lan = await startServer({ service, port: 0, tokens: serverTokens, version: '0.1.0', lan: read })
  })
  afterAll(async () => {
    await lan.close()
    await server.close()
    home.remove()
  })

  test('W1: are served encrypted, with a token, under the names of the certificate alone', async () => {
    const { port } = lan
    expect(await ask({ port, ca })).toBe('200 HSTS')
    expect(await ask({ port, ca, host: `127.0.0.1:${port}` })).toBe('200 HSTS')
    expect(await ask({ port, ca, token: 'guess' })).toMatch(/^401/)
    expect(await ask({ port, ca, host: `evil.example:${port}` }), 'a page of another name').toMatch(/^421/)
    const [stranger] = certificate('stranger', 'DNS:desk.lan')
    expect(await ask({ port, ca: readFileSync(stranger, 'utf8') })).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/)
    await expect(fetch(`http://127.0.0.1:${port}/health`), 'nothing goes without encryption').rejects.toThrow()
  })

  test.each<[string, () => [string, string], RegExp]>([
    [
      'a key that others may read',
      () => {
        const [cert, key] = certificate('open', 'DNS:desk.lan')
        chmodSync(key, 0o644)
        return [cert, key]
      },
      /can be read by others: chmod 600/,
    ],
    [
      'a key of another certificate',
      () => [certificate('a', 'DNS:a')[0], certificate('b', 'DNS:b')[1]],
      /is not the key of/,
    ],
    ['a certificate without names', () => certificate('nameless', null), /subjectAltName/],
    ['a file that is not there', () => [file('none.pem'), certificate('c', 'DNS:c')[1]], /ENOENT/],
  ])('%s is refused with the reason', (_, paths, reason) => {
    expect(() => readLan('0.0.0.0', ...paths(), Date.now())).toThrow(reason)
  })

  test('a certificate that has ended is refused', () => {
    expect(() => readLan('0.0.0.0', ...certificate('old', 'DNS:old', 1), Date.now() + 3 * 86_400_000)).toThrow(
      /ended on/,
    )
  })

  test('the terminal serves both, and nothing outside without certificate and key', async () => {
    const folder = temporaryHome()
    const bare = await terminal(['serve', '--port', '0', '--lan', '0.0.0.0'], { home: folder.path })
    expect([bare.code, bare.stderr]).toEqual([2, expect.stringContaining('--tls-cert')])
    const args = [
      '--port',
      '0',
      '--lan',
      '127.0.0.1',
      '--lan-port',
      '0',
      '--tls-cert',
      file('desk.pem'),
      '--tls-key',
      file('desk.key'),
    ]
    const running = await startTerminal(['serve', '--json', ...args], { home: folder.path })
    await expect.poll(() => running.stdout(), { timeout: 20_000 }).toContain('\n')
    const said = JSON.parse(running.stdout()) as { lanAddress: string; tokenPath: string; address: string }
    expect(said.lanAddress).toMatch(/^https:\/\/desk\.lan:\d+$/)
    const token = readFileSync(said.tokenPath, 'utf8')
    expect(await ask({ port: Number(new URL(said.lanAddress).port), ca, token })).toBe('200 HSTS')
    expect((await fetch(`${said.address}/health`)).status).toBe(200)
    const { port } = new URL(said.lanAddress)
    const other = temporaryHome()
    const second = [...args.slice(0, 4), '--lan-port', port, ...args.slice(6)]
    const taken = await terminal(['serve', ...second], { home: other.path })
    expect([taken.code, taken.stderr], 'it says so and ends').toEqual([
      2,
      expect.stringContaining(`port ${port} cannot`),
    ])
    other.remove()
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(0)
    folder.remove()
  })
})

test('W13: everything is closed from outside in two steps, with a token that is good once', async () => {
  const server = await aServer()
  const kill = async (body: object) => {
    const answer = await server.send({ path: '/api/live.kill', body: JSON.stringify(body) })
    return { status: answer.status, ...(answer.json() as { token?: string; done?: boolean; error?: { code: string } }) }
  }
  expect(await kill({ confirm: true })).toMatchObject({ status: 422, error: { code: 'live.confirmation' } })
  expect(await kill({ confirm: true, token: 'guess' })).toMatchObject({ error: { code: 'live.confirmation' } })
  const { token, done } = await kill({ confirm: false })
  expect([done, typeof token]).toEqual([false, 'string'])
  expect(await kill({ confirm: true, token })).toMatchObject({ status: 200, done: true, token: null })
  expect(await kill({ confirm: true, token })).toMatchObject({ status: 422, error: { code: 'live.confirmation' } })
  await server.close()
})
