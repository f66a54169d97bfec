import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { callService } from '../../call-service.ts'
import { type Lan, readLan } from '../../http/lan.ts'
import { type Role, roles } from '../../http/roles.ts'
import { exitCode, number, text, UsageError, type Verb, type VerbContext } from '../verb.ts'

const standardPort = 47_613
const lanPort = 47_614

export const serveVerb: Verb = {
  name: 'serve',
  words: 0,
  usage: `serve [--port ${standardPort}] [--lan ADDRESS --tls-cert FILE --tls-key FILE [--lan-port ${lanPort}]]`,
  about:
    'Serves the dashboard for browsers and the contract (REST, WebSocket, OpenAPI) on 127.0.0.1; the tokens (admin, trader, viewer) are in the data folder. With --lan also at an address of this machine, encrypted, under the names of the certificate.',
  options: {
    port: { type: 'string' },
    lan: { type: 'string' },
    'lan-port': { type: 'string' },
    'tls-cert': { type: 'string' },
    'tls-key': { type: 'string' },
  },
  stays: () => true,
  async run(context) {
    const lan = lanOf(context)
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
    const shared = { service, tokens, version, pages, audit: audit.write }
    const server = await startServer({ ...shared, port }).catch(unusable(port, '--port'))
    const outer = number(context.values, 'lan-port') ?? lanPort
    const wide =
      lan &&
      (await startServer({ ...shared, port: outer, lan }).catch(async (failure: NodeJS.ErrnoException) => {
        // A server that listens would keep the process
        await server.close()
        return unusable(outer, '--lan-port')(failure)
      }))
    const address = `http://127.0.0.1:${server.port}`
    const lanAddress = wide && `https://${lan.names[0]}:${wide.port}`
    const places = lanAddress === undefined ? address : `${address} and ${lanAddress}`
    context.output.answer(
      { address, ...(lanAddress === undefined ? {} : { lanAddress }), tokenPath, pid: process.pid },
      () =>
        `Tickwright serves ${places}: open it in a browser, or ask its API (token in ${tokenPath}). Ctrl-C stops it.`,
    )
    await new Promise<void>((stop) => context.onInterrupt(stop))
    await Promise.all([server.close(), wide?.close()])
    audit.close()
    return exitCode.done
  },
}

/** What `--lan` asks for; undefined without it. Never without certificate and key. */
function lanOf({ values }: VerbContext): Lan | undefined {
  const [host, cert, key] = [text(values, 'lan'), text(values, 'tls-cert'), text(values, 'tls-key')]
  if (host === undefined && cert === undefined && key === undefined) return undefined
  if (host === undefined || cert === undefined || key === undefined)
    throw new UsageError('other machines are served with --lan ADDRESS, --tls-cert FILE and --tls-key FILE together')
  try {
    return readLan(host, cert, key, Date.now())
  } catch (failure) {
    throw new UsageError(`--lan: ${(failure as Error).message}`)
  }
}

function unusable(port: number, option: string): (failure: NodeJS.ErrnoException) => never {
  return (failure) => {
    if (failure.code === 'EADDRNOTAVAIL') throw new UsageError('--lan takes an address of this machine')
    if (failure.code !== 'EADDRINUSE' && failure.code !== 'EACCES') throw failure
    throw new UsageError(
      `port ${port} cannot be used (${failure.code}): choose another with ${option}, 0 = any free one`,
    )
  }
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
