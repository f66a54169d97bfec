import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** Password of the user `trader`, who owns the database `tickwright` of both SQL servers; it must show up nowhere. */
export const traderPassword = 'canary-9f3b1c'

/**
 * MariaDB of Debian with two databases: `test` for `root` without a password, `tickwright` for `trader`, where `reader`
 * (same password) may only read. `earlier` continues with its data.
 */
export async function startMariadb(earlier?: Pick<TestServer, 'folder' | 'port'>): Promise<TestServer> {
  const folder = earlier?.folder ?? mkdtempSync(join(tmpdir(), 'tickwright-mariadb-'))
  const port = earlier?.port ?? (await freePort())
  if (earlier === undefined) {
    execFileSync('mariadb-install-db', [
      ...['--no-defaults', '--auth-root-authentication-method=normal', `--datadir=${folder}/data`],
      ...['--skip-test-db', `--user=${userInfo().username}`],
    ])
  }
  const args = ['--no-defaults', `--datadir=${folder}/data`, `--socket=${folder}/socket`, `--port=${port}`]
  const more = ['--bind-address=127.0.0.1', `--user=${userInfo().username}`, '--innodb-buffer-pool-size=64M']
  const server = await running({
    command: 'mariadbd',
    args: [...args, ...more],
    folder,
    port,
    isReady: () => answers(port),
  })
  if (earlier === undefined) {
    administerMariadb(
      server,
      `CREATE DATABASE test; CREATE DATABASE tickwright; CREATE USER trader@'%' IDENTIFIED BY '${traderPassword}';
       GRANT ALL ON tickwright.* TO trader@'%'; CREATE USER reader@'%' IDENTIFIED BY '${traderPassword}';
       GRANT SELECT ON tickwright.* TO reader@'%'`,
    )
  }
  return server
}

/** Statements as MariaDB's own administrator. */
export function administerMariadb({ folder }: Pick<TestServer, 'folder'>, statements: string): void {
  execFileSync('mariadb', ['--no-defaults', `--socket=${folder}/socket`, '-u', 'root', '-e', statements])
}

/** Debian keeps the programs of each version in a folder of its own: the newest. */
function postgresFolder(): string {
  const versions = readdirSync('/usr/lib/postgresql').map(Number)
  return `/usr/lib/postgresql/${Math.max(...versions)}/bin`
}

const asPostgres = (command: string, args: readonly string[]): [string, string[]] =>
  userInfo().uid === 0 ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, [...args]]

/**
 * PostgreSQL of Debian; database and user `postgres`, trusted; database `tickwright` of `trader`, which `reader`
 * (same password) may only enter. It refuses root, so its own user runs it then. `earlier` continues with its data.
 */
export async function startPostgres(earlier?: Pick<TestServer, 'folder' | 'port'>): Promise<TestServer> {
  const folder = earlier?.folder ?? mkdtempSync(join(tmpdir(), 'tickwright-postgres-'))
  const port = earlier?.port ?? (await freePort())
  const bin = postgresFolder()
  // Killed, its pid may stay in the table of processes; PostgreSQL would take it for a running server.
  if (earlier !== undefined) {
    for (const lock of ['data/postmaster.pid', `.s.PGSQL.${port}.lock`]) rmSync(join(folder, lock), { force: true })
  } else {
    if (userInfo().uid === 0) execFileSync('chown', ['postgres', folder])
    const place = ['-D', `${folder}/data`, '-E', 'UTF8', '--locale=C']
    execFileSync(...asPostgres(`${bin}/initdb`, ['-A', 'trust', '-U', 'postgres', ...place]), { stdio: 'ignore' })
    const rules = [
      'local all all trust',
      'host all postgres 127.0.0.1/32 trust',
      'host all all 127.0.0.1/32 scram-sha-256',
    ]
    writeFileSync(join(folder, 'data', 'pg_hba.conf'), `${rules.join('\n')}\n`)
  }
  const [command, args] = asPostgres(`${bin}/postgres`, [
    ...['-D', `${folder}/data`, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
  ])
  const server = await running({
    command,
    args,
    folder,
    port,
    isReady: async () => answersAsPostgres({ folder, port }),
  })
  if (earlier === undefined) {
    for (const user of ['trader', 'reader'])
      administerPostgres(server, `CREATE ROLE ${user} LOGIN PASSWORD '${traderPassword}'`)
    administerPostgres(server, 'CREATE DATABASE tickwright OWNER trader')
  }
  return server
}

/** A statement as PostgreSQL's own administrator, in the database `postgres` or another. */
export function administerPostgres(
  { folder, port }: Pick<TestServer, 'folder' | 'port'>,
  statement: string,
  database = 'postgres',
): void {
  const place = ['-h', folder, '-p', String(port), '-U', 'postgres', '-d', database]
  execFileSync(...asPostgres('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...place, '-c', statement]), {
    stdio: 'pipe',
  })
}

/** It takes connections some time before it takes questions. */
function answersAsPostgres(server: Pick<TestServer, 'folder' | 'port'>): boolean {
  administerPostgres(server, 'SELECT 1')
  return true
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

/** Processes that it started, and theirs. */
function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => statOf(candidate).parent === pid)
  return [...children, ...children.flatMap(descendants)]
}

/** Fields 3 and 4 of its stat line; the name before them may hold anything but ends with the last bracket. */
function statOf(pid: number): { readonly state: string; readonly parent: number } {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', parent] = line.slice(line.lastIndexOf(')') + 2).split(' ')
    return { state, parent: Number(parent) }
  } catch {
    return { state: '', parent: 0 }
  }
}

/** A process that ended but whom nobody buried (a container without init) counts as gone. */
const isRunning = (pid: number): boolean => !['', 'Z', 'X'].includes(statOf(pid).state)

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was faster.
  }
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
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    // `runuser` stands before the server, and PostgreSQL's processes lead groups of their own.
    const all = [child.pid, ...descendants(child.pid)]
    for (const pid of all) killNow(pid)
    await exited(child)
    while (all.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 10))
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
