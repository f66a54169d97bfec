import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

export const root = join(import.meta.dirname, '..', '..')
export const resources = join(root, 'resources')

/** Files of a build → their sources: the terminal and the workers. */
const entries = {
  cli: 'core/node/cli/main.ts',
  'store-worker': 'core/node/store/store-worker.ts',
  'engine-worker': 'core/node/engine/engine-worker.ts',
  'replay-worker': 'core/node/engine/replay-worker.ts',
  'live-worker': 'core/node/live/live-worker.ts',
  'live-ledger-worker': 'core/node/live/live-ledger-worker.ts',
  'trial-worker': 'core/node/engine/trial-worker.ts',
  'compile-worker': 'core/node/strategy/compile-worker.ts',
  'import-worker': 'core/node/import/import-worker.ts',
  'backup-worker': 'core/node/backup/backup-worker.ts',
}

/** Builds are kept this long for another test file of the same sources. */
const keptMs = 3_600_000

let made: Promise<string> | undefined

/**
 * A build folder for tests, made once for the present sources and shared by all test processes: kernel, workers and
 * terminal, without window and type check. Seconds faster than a whole build.
 */
export function testBuild(): Promise<string> {
  made ??= makeBuild()
  return made
}

/** Path of the terminal in the test build. */
export async function testTerminal(): Promise<string> {
  return join(await testBuild(), 'main', 'cli.js')
}

async function makeBuild(): Promise<string> {
  const builds = join(root, 'out', 'test')
  const { sourceSignature } = await import('../../scripts/build.mjs')
  const signature = sourceSignature(root, ['core', 'vite.kernel.config.ts', 'package.json']) as string
  const folder = join(builds, signature.slice(0, 16))
  const outFolder = join(folder, 'out')
  if (existsSync(folder)) return outFolder
  const draft = `${folder}.${process.pid}`
  mkdirSync(join(draft, 'out', 'main'), { recursive: true })
  // What lies beside `out` in the repository and in an installed app.
  for (const name of ['resources', 'package.json']) symlinkSync(join(root, name), join(draft, name))
  await bundle(join(draft, 'out', 'main'))
  buildKernel(join(draft, 'out', 'kernel'))
  try {
    renameSync(draft, folder)
  } catch (failure) {
    // Another test process was first: its build is the same.
    rmSync(draft, { recursive: true })
    if (!existsSync(folder)) throw failure
  }
  forgetOld(builds)
  return outFolder
}

function buildKernel(outDir: string): void {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [
    'build',
    '--config',
    'vite.kernel.config.ts',
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ]
  execFileSync(process.execPath, [vite, ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: plainEnv(),
  })
}

/** As in a build: what is loaded on demand is in files of its own, so that everything starts as fast as a user's. */
async function bundle(outdir: string): Promise<void> {
  await build({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, join(root, source)])),
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['better-sqlite3', 'zeromq', 'ccxt', 'esbuild', 'typescript6'],
    // CommonJS packages ask for Node's own modules
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'error',
  })
}

function forgetOld(builds: string): void {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name)
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > keptMs) rmSync(path, { recursive: true, force: true })
  }
}

/** The environment for a child of the same runtime, without what a test runner adds for its own. */
export function plainEnv(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...env } = process.env
  return { ...env, ELECTRON_RUN_AS_NODE: '1', LC_ALL: 'C.UTF-8', ...more }
}
