import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
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
  const isReady = async () => (await fetch(`http://127.0.0.1:${port}/ping`)).status === 204
  return running({ command: 'influxd', args: ['-config', config], folder, port, isReady })
}

/** MariaDB of Debian with one database, `test`; user `root` without a password. */
export async function startMariadb(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tickwright-mariadb-'))
  const port = await freePort()
  execFileSync('mariadb-install-db', [
    ...['--no-defaults', '--auth-root-authentication-method=normal', `--datadir=${folder}/data`],
    ...['--skip-test-db', `--user=${userInfo().username}`],
  ])
  const args = ['--no-defaults', `--datadir=${folder}/data`, `--socket=${folder}/socket`, `--port=${port}`]
  const more = ['--bind-address=127.0.0.1', `--user=${userInfo().username}`, '--innodb-buffer-pool-size=64M']
  const server = await running({
    command: 'mariadbd',
    args: [...args, ...more],
    folder,
    port,
    isReady: () => answers(port),
  })
  execFileSync('mariadb', ['--no-defaults', `--socket=${folder}/socket`, '-u', 'root', '-e', 'CREATE DATABASE test'])
  return server
}

/** PostgreSQL 15 of Debian; database and user `postgres`, trusted. It refuses root, so its own user runs it then. */
export async function startPostgres(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tickwright-postgres-'))
  const port = await freePort()
  const bin = '/usr/lib/postgresql/15/bin'
  const isRoot = userInfo().uid === 0
  const as = (command: string, args: readonly string[]): [string, string[]] =>
    isRoot ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, [...args]]
  if (isRoot) execFileSync('chown', ['postgres', folder])
  execFileSync(
    ...as(`${bin}/initdb`, ['-A', 'trust', '-U', 'postgres', '-D', `${folder}/data`, '-E', 'UTF8', '--locale=C']),
    {
      stdio: 'ignore',
    },
  )
  const [command, args] = as(`${bin}/postgres`, [
    '-D',
    `${folder}/data`,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    folder,
  ])
  return running({ command, args, folder, port, isReady: () => answers(port) })
}

/** True when somebody takes connections. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

interface Running {
  readonly command: string
  readonly args: readonly string[]
  readonly folder: string
  readonly port: number
  isReady(): Promise<boolean>
}

async function running({ command, args, folder, port, isReady }: Running): Promise<TestServer> {
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  const kill = async () => {
    // The whole group: `runuser` stands before the server itself.
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL')
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
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
