import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A database server of Debian's, started for a test: in a folder of its own, on loopback, gone afterwards. */
export interface TestServer {
  readonly port: number
  readonly folder: string
  /** Ends the process at once, as a power cut would; `start` of the same folder brings it back. */
  kill(): Promise<void>
  /** Ends it and removes its folder. */
  close(): Promise<void>
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Waits until `isReady` says so; fails after `timeoutMs` or when the process has ended. */
async function untilReady(child: ChildProcess, isReady: () => Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const end = Date.now() + timeoutMs
  while (!(await isReady().catch(() => false))) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    if (Date.now() > end) throw new Error('the server did not become ready')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

/** InfluxDB 1.6 of Debian; `folder` and `port` of an earlier one continue with its data. */
export async function startInflux(earlier?: Pick<TestServer, 'folder' | 'port'>): Promise<TestServer> {
  const folder = earlier?.folder ?? mkdtempSync(join(tmpdir(), 'tickwright-influx-'))
  const [port, rpc] = [earlier?.port ?? (await freePort()), await freePort()]
  const config = join(folder, 'influxdb.conf')
  writeFileSync(
    config,
    `reporting-disabled = true
bind-address = "127.0.0.1:${rpc}"
[meta]
dir = "${folder}/meta"
[data]
dir = "${folder}/data"
wal-dir = "${folder}/wal"
query-log-enabled = false
[monitor]
store-enabled = false
[http]
bind-address = "127.0.0.1:${port}"
log-enabled = false
[ifql]
enabled = false
`,
  )
  const child = spawn('influxd', ['-config', config], { stdio: 'ignore' })
  const isReady = async () => (await fetch(`http://127.0.0.1:${port}/ping`)).status === 204
  const kill = async () => {
    child.kill('SIGKILL')
    await exited(child)
  }
  try {
    await untilReady(child, isReady)
  } catch (failure) {
    await kill()
    throw failure
  }
  return {
    port,
    folder,
    kill,
    async close() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
