// Building out/, and knowing when that is not needed.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from './bootstrap.mjs'
import { node } from './process.mjs'
import { ensureSampleData } from './sample-data.mjs'

const SOURCES = [
  'core',
  'electron',
  'renderer',
  'resources',
  'electron.vite.config.ts',
  'vite.kernel.config.ts',
  'package.json',
]
const KERNEL = 'core/engine/kernel.ts'
const STAMP = path.join(ROOT, 'out/build.json')
const LOCK = path.join(ROOT, 'node_modules/.tickwright-build.lock')

function* filesBelow(entry) {
  const stat = fs.statSync(entry, { throwIfNoEntry: false })
  if (stat?.isFile()) yield [entry, stat]
  else if (stat?.isDirectory())
    for (const name of fs.readdirSync(entry).sort()) yield* filesBelow(path.join(entry, name))
}

/**
 * A hash that changes whenever a source file is added, removed, resized or touched (a few ms). Names and sizes are in
 * it because a checkout of another revision may bring older files.
 */
export function sourceSignature(root = ROOT, sources = SOURCES) {
  const hash = createHash('sha256').update(process.platform)
  for (const source of sources)
    for (const [file, stat] of filesBelow(path.join(root, source)))
      hash.update(`${path.relative(root, file)}\0${stat.size}\0${stat.mtimeMs}\n`)
  return hash.digest('hex')
}

/** Whether out/ was built from the sources as they are now. */
export function isBuilt() {
  try {
    return JSON.parse(fs.readFileSync(STAMP, 'utf8')).signature === sourceSignature()
  } catch {
    return false
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// Two commands started at once must not empty each other's out/.
async function withLock(action) {
  for (;;) {
    try {
      fs.writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const owner = Number(fs.readFileSync(LOCK, { encoding: 'utf8', flag: 'a+' }))
      if (owner > 0 && !isAlive(owner)) fs.rmSync(LOCK, { force: true })
      else await sleep(100)
    }
  }
  try {
    return await action()
  } finally {
    fs.rmSync(LOCK, { force: true })
  }
}

const hasKernel = () => fs.existsSync(path.join(ROOT, KERNEL))
const kernel = (args, options) =>
  node('vite/bin/vite.js', ['build', '--config', 'vite.kernel.config.ts', '--logLevel', 'warn', ...args], options)

/** For `npm run dev`, which writes a build of its own into out/: keeps the kernel fresh until it is stopped. */
export async function watchKernel() {
  fs.rmSync(STAMP, { force: true })
  ensureSampleData()
  if (!hasKernel()) return { stop() {} }
  await kernel([], {})
  const stopping = new AbortController()
  kernel(['--watch'], { signal: stopping.signal }).catch((error) => {
    if (!stopping.signal.aborted) process.stderr.write(`The kernel is no longer rebuilt: ${error.message}\n`)
  })
  return { stop: () => stopping.abort() }
}

async function buildNow(stdio) {
  ensureSampleData()
  // taken first: a file saved while we build makes the result old, not new
  const signature = sourceSignature()
  fs.rmSync(STAMP, { force: true })
  const options = { stdio, env: { NODE_ENV: 'production', ELECTRON_RUN_AS_NODE: undefined } }
  await node('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'], options)
  if (hasKernel()) await kernel([], options)
  fs.writeFileSync(STAMP, `${JSON.stringify({ signature })}\n`)
}

/** Builds everything into out/: main, preload, renderer, kernel. Messages go to stderr. */
export const build = () => withLock(() => buildNow(['ignore', 2, 2]))

/** Builds only when out/ is missing or the sources changed since. */
export async function ensureBuilt() {
  if (isBuilt()) return
  await withLock(async () => {
    if (isBuilt()) return // somebody else built while we waited
    process.stderr.write('[setup] building\n')
    await buildNow(['ignore', 2, 2])
  })
}
