import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillHome, temporaryHome } from '../helpers/a-service.ts'
import { type RunningTerminal, startTerminal, terminal } from '../helpers/a-terminal.ts'

/** A webhook that takes what it is sent, or, while it hangs, never answers. */
interface Hook {
  readonly url: string
  readonly taken: string[]
  hang(on: boolean): void
  /** Requests that were let hang. */
  readonly held: ServerResponse[]
  close(): void
}

async function aHook(): Promise<Hook> {
  const [taken, held]: [string[], ServerResponse[]] = [[], []]
  let hangs = false
  const server = createServer(async (request, answer) => {
    let text = ''
    for await (const part of request.setEncoding('utf8')) text += part as string
    if (hangs) return void held.push(answer)
    taken.push(text)
    answer.end('{}')
  })
  const { port, close } = await listening(server)
  const hang = (on: boolean) => {
    hangs = on
  }
  return { url: `http://127.0.0.1:${port}/`, taken, held, close, hang }
}

async function listening(server: Server, wanted = 0): Promise<{ readonly port: number; close(): void }> {
  server.listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { port, close }
}

const patience = { timeout: 30_000 }

describe('notifications outlive the process that sends them', () => {
  const home = temporaryHome()
  let hook: Hook
  beforeAll(async () => {
    await fillHome(home.path)
    hook = await aHook()
    const at = { home: home.path }
    const added = await terminal(['notify', 'channel', 'hook', 'webhook', '--set', `url=${hook.url}`], at)
    expect(added).toMatchObject({ code: 0, stderr: '' })
    await terminal(['notify', 'route', '--level', 'debug', '--to', 'hook'], at)
  })
  afterAll(() => {
    hook.close()
    home.remove()
  })

  async function serve(): Promise<{
    readonly process: RunningTerminal
    readonly send: (title: string) => Promise<Response>
  }> {
    const process = await startTerminal(['serve', '--port', '0', '--json'], { home: home.path })
    await expect.poll(() => process.stdout(), patience).toContain('\n')
    const { address, tokenPath } = JSON.parse(process.stdout()) as { address: string; tokenPath: string }
    const headers = {
      authorization: `Bearer ${readFileSync(tokenPath, 'utf8').trim()}`,
      'content-type': 'application/json',
    }
    const notice = { level: 'critical', event: 'message', source: 'test', strategy: '', instrument: '', text: '' }
    return {
      process,
      send: (title) => {
        const body = JSON.stringify({ ...notice, title })
        return fetch(`${address}/api/notification.send`, { method: 'POST', headers, body })
      },
    }
  }

  it('a CRITICAL one that a service killed by −9 was sending is sent by the next', async () => {
    const first = await serve()
    hook.hang(true)
    expect((await first.send('last words')).status).toBe(200)
    await expect.poll(() => hook.held.length, patience).toBe(1)
    first.process.child.kill('SIGKILL')
    await first.process.ended
    hook.hang(false)
    const next = await serve()
    await expect.poll(() => hook.taken.join(), patience).toContain('last words')
    next.process.child.kill('SIGINT')
    await next.process.ended
    const { stdout } = await terminal(['notify', 'log', '--json'], { home: home.path })
    const { deliveries } = JSON.parse(stdout) as { deliveries: { state: string; notice: { title: string } }[] }
    expect(deliveries.map(({ state, notice }) => [state, notice.title])).toEqual([['accepted', 'last words']])
  })

  it('a second process tells that the service does not answer, and that it does again', async () => {
    const health = () => createServer((_request, answer) => answer.end('{"ok":true}'))
    const up = await listening(health())
    const url = `http://127.0.0.1:${up.port}`
    const words = ['notify', 'watch', '--url', url, '--every', '0.2', '--missing', '0.5']
    const watch = await startTerminal(words, { home: home.path })
    await expect.poll(() => watch.stdout(), patience).toContain('Watches')
    up.close()
    await expect.poll(() => hook.taken.join(), patience).toMatch(/critical.*does not answer since/s)
    const again = await listening(health(), up.port)
    await expect.poll(() => hook.taken.join(), patience).toContain('answers again')
    watch.child.kill('SIGINT')
    expect((await watch.ended).code).toBe(0)
    again.close()
  })
})
