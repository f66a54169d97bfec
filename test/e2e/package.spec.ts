import { accessSync, constants, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import {
  addUser,
  type InstalledDesktop,
  must,
  type OrdinaryUser,
  openInstalled,
  rendererStatuses,
  runAs,
} from './installed-app.ts'
import { sampleFigures, sampleRun } from './sample-run.ts'
import { runProgram } from './terminal.ts'
import { emptyFolder, expect, root, test } from './workstation.ts'

const program = '/opt/Tickwright/tickwright'
const command = '/usr/bin/tickwright'

/** Why the package cannot be tried here; empty when it can. */
function obstacle(): string {
  if (process.platform !== 'linux') return 'the .deb is for Linux'
  if (process.getuid?.() !== 0) return 'installing a package needs root'
  if (!existsSync('/usr/bin/dpkg')) return 'there is no dpkg here'
  return existsSync(program) ? 'another Tickwright is installed here' : ''
}

test.describe.configure({ mode: 'serial' })
test.skip(() => obstacle() !== '', obstacle())

const output = emptyFolder('dist')
let user: OrdinaryUser | undefined

test.afterAll(async () => {
  if (existsSync(program)) await must('dpkg', '--purge', 'tickwright')
  if (user !== undefined) await must('userdel', '--remove', user.name)
  rmSync(output, { recursive: true, force: true })
})

test('the package is built with what it needs and nothing else', async () => {
  test.setTimeout(240_000)
  const args = ['scripts/run.mjs', 'dist', '--linux', 'deb', `-c.directories.output=${output}`]
  // The weakest compression: packing hard takes longer than everything else here.
  const env = { ...(process.env as Record<string, string>), TICKWRIGHT_DEB_LEVEL: '1' }
  const built = await runProgram(process.execPath, args, { env, cwd: root, timeoutMs: 230_000 })
  expect(built.status, built.stdout + built.stderr).toBe(0)

  const resources = path.join(output, 'linux-unpacked/resources')
  const archive = path.join(resources, 'app.asar')
  const files = listPackage(archive, { isPack: false })
  expect(files).toEqual(
    expect.arrayContaining(['/out/main/boot.js', '/out/preload/preload.cjs', '/out/renderer/index.html']),
  )
  expect(files).toContain('/resources/strategies/sma-cross.ts')
  expect(files.filter((file) => /^\/(test|core|renderer|electron|scripts|docs)\//.test(file))).toEqual([])
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([])
  for (const beside of ['api/tickwright.d.ts', 'typescript-lib/lib.es2024.d.ts'])
    expect(existsSync(path.join(resources, beside)), beside).toBe(true)
  const native = readdirSync(path.join(resources, 'app.asar.unpacked'), { recursive: true }).map(String)
  const addons = native.filter((file) => file.endsWith('.node')).map((file) => file.split('/')[1])
  expect(addons.sort()).toEqual(['better-sqlite3', 'zeromq'])
  const compiler = path.join(resources, `app.asar.unpacked/node_modules/@esbuild/linux-${process.arch}/bin/esbuild`)
  accessSync(compiler, constants.X_OK)
  const megabytes = statSync(archive).size / 1e6
  test.info().annotations.push({ type: 'size', description: `app.asar ${megabytes.toFixed(1)} MB` })
  process.stdout.write(
    `app.asar ${megabytes.toFixed(1)} MB, ${debFile()} ${(statSync(debFile()).size / 1e6).toFixed(1)} MB\n`,
  )
  expect(megabytes).toBeLessThan(60)
})

function debFile(): string {
  const name = readdirSync(output).find((file) => file.endsWith('.deb'))
  if (name === undefined) throw new Error(`no .deb in ${output}`)
  return path.join(output, name)
}

test('E17: the fuses of the packaged program stand as they should', async () => {
  const wire = await getCurrentFuseWire(path.join(output, 'linux-unpacked/tickwright'))
  const wanted: Readonly<Partial<Record<keyof typeof FuseV1Options, FuseState>>> = {
    RunAsNode: FuseState.DISABLE,
    EnableCookieEncryption: FuseState.ENABLE,
    EnableNodeOptionsEnvironmentVariable: FuseState.DISABLE,
    EnableNodeCliInspectArguments: FuseState.DISABLE,
    EnableEmbeddedAsarIntegrityValidation: FuseState.ENABLE,
    OnlyLoadAppFromAsar: FuseState.ENABLE,
    LoadBrowserProcessSpecificV8Snapshot: FuseState.DISABLE,
    GrantFileProtocolExtraPrivileges: FuseState.DISABLE,
  }
  for (const [name, state] of Object.entries(wanted))
    expect(wire[FuseV1Options[name as keyof typeof FuseV1Options]], name).toBe(state)
})

test('an ordinary user installs nothing, opens the desktop and backtests behind the sandbox', async () => {
  test.setTimeout(120_000)
  await must('dpkg', '--force-unsafe-io', '--install', debFile())
  user = await addUser(`tickwright-e2e-${process.pid}`)
  let desktop: InstalledDesktop | undefined
  try {
    desktop = await openInstalled(command, user)
    const { page } = desktop
    await page.getByRole('button', { name: 'Run the sample backtest' }).click({ timeout: 30_000 })
    const figures = page.getByRole('region', { name: 'Key figures' })
    for (const [title, text] of Object.entries(sampleRun.onScreen)) {
      await expect(figures.getByRole('button', { name: `${title} ${text}`, exact: true })).toBeVisible({
        timeout: 30_000,
      })
    }
    await page.screenshot({ path: test.info().outputPath('installed.png') })
    const statuses = rendererStatuses(program)
    expect(statuses.length).toBeGreaterThan(0)
    for (const status of statuses) expect(status).toMatch(/^Seccomp:\s+2$/m)
    expect(statuses[0]).toMatch(new RegExp(`^Uid:\\s+${user.uid}\\s`, 'm'))
  } finally {
    expect(await desktop?.close()).toBe(0)
  }
})

test('the installed program is the terminal, without a display', async () => {
  test.setTimeout(100_000)
  if (user === undefined) throw new Error('there is no user')
  const { status, stdout, stderr } = await runAs(user, command, ['backtest', 'sma-cross.ts', '--data', 'SPX', '--json'])
  expect(status, stderr).toBe(0)
  const { run } = JSON.parse(stdout) as { run: { metrics: Record<string, number>; counts: Record<string, number> } }
  expect(run.counts).toEqual(sampleRun.counts)
  expect(sampleFigures(run.metrics)).toEqual(sampleRun.metrics)
  const help = await runAs(user, command, ['help'])
  expect(help.status).toBe(0)
  const unknown = await runAs(user, command, ['backtest', 'sma-cross.ts', '--data', 'NOPE'])
  expect(unknown.status).not.toBe(0)
  expect(unknown.stderr).toContain('NOPE')
})

test('E17: the installed program runs no code that is not its own', async () => {
  test.setTimeout(100_000)
  if (user === undefined) throw new Error('there is no user')
  const asNode = await runAs(user, program, ['-e', 'console.log("ran " + 6 * 7)'], { ELECTRON_RUN_AS_NODE: '1' })
  expect(asNode.stdout).not.toContain('ran 42')
  const preload = path.join(user.home, 'preload.cjs')
  const options = await runAs(user, command, ['help'], { NODE_OPTIONS: `--require ${preload}` })
  expect(options.status, 'NODE_OPTIONS is not read').toBe(0)
})

test('removing the package leaves nothing behind', async () => {
  await must('dpkg', '--purge', 'tickwright')
  for (const left of [
    '/opt/Tickwright',
    command,
    '/usr/share/applications/tickwright.desktop',
    '/etc/alternatives/tickwright',
  ])
    expect(existsSync(left), left).toBe(false)
  expect(await must('dpkg-query', '--show')).not.toMatch(/^tickwright\s/m)
})
