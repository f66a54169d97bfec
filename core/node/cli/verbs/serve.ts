import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { callService } from '../../call-service.ts'
import { type Role, roles } from '../../http/roles.ts'
import { exitCode, number, UsageError, type Verb } from '../verb.ts'

const standardPort = 47_613

export const serveVerb: Verb = {
  name: 'serve',
  words: 0,
  usage: `serve [--port ${standardPort}]`,
  about:
    'Serves the dashboard for browsers and the contract (REST, WebSocket, OpenAPI) on 127.0.0.1; the tokens (admin, trader, viewer) are in the data folder.',
  options: { port: { type: 'string' } },
  stays: () => true,
  async run(context) {
    const service = await context.service()
    const { version } = await callService(service, 'app.info', {})
    const tokenPath = tokenOf(context.home, 'admin')
    // Loaded here: no other verb needs a web server.
    const [{ startServer }, { openAudit }] = await Promise.all([
      import('../../http/server.ts'),
      import('../../http/audit.ts'),
    ])
    const audit = openAudit(context.home)
    const tokens = Object.fromEntries(roles.map((role) => [role, readToken(tokenOf(context.home, role))]))
    const port = number(context.values, 'port') ?? standardPort
    const pages = join(context.outFolder, 'renderer')
    const server = await startServer({ service, port, tokens, version, pages, audit: audit.write }).catch(
      (failure: NodeJS.ErrnoException) => {
        if (failure.code !== 'EADDRINUSE' && failure.code !== 'EACCES') throw failure
        throw new UsageError(
          `port ${port} cannot be used (${failure.code}): choose another with --port, 0 = any free one`,
        )
      },
    )
    const address = `http://127.0.0.1:${server.port}`
    context.output.answer(
      { address, tokenPath, pid: process.pid },
      () =>
        `Tickwright serves ${address}: open it in a browser, or ask its API (token in ${tokenPath}). Ctrl-C stops it.`,
    )
    await new Promise<void>((stop) => context.onInterrupt(stop))
    await server.close()
    audit.close()
    return exitCode.done
  },
}

/** The admin’s is `token`, those of the others have their role’s name. */
function tokenOf(home: string, role: Role): string {
  return join(home, role === 'admin' ? 'token' : `token-${role}`)
}

/** Made once; readable by its owner only. */
function readToken(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 })
  chmodSync(path, 0o600)
  return readFileSync(path, 'utf8').trim()
}
