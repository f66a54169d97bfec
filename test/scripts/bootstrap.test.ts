import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  cacheRoot,
  checkIntegrity,
  distIsUsable,
  executableName,
  hasDisplay,
  missingLibraries,
  missingServers,
  outdatedPackages,
  packagesToInstall,
  twice,
} from '../../scripts/bootstrap.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tickwright-bootstrap-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
  writeFileSync(path.join(folder, file), text)
  return path.join(folder, file)
}

describe('installed packages', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0' },
      'node_modules/darwin-only': { version: '1.0.0', optional: true },
    },
  }

  test('are up to date when every locked one is there in its version; other platforms do not count', () => {
    write('node_modules/a/package.json', '{"version":"1.0.0"}')
    write('node_modules/b/package.json', '{"version":"2.0.0"}')
    expect(outdatedPackages(lock, folder)).toEqual([])
  })

  test('are named when absent, of another version or damaged', () => {
    write('node_modules/a/package.json', '{"version":"1.0.1"}')
    expect(outdatedPackages(lock, folder)).toEqual(['node_modules/a', 'node_modules/b'])
    write('node_modules/b/package.json', '{"vers')
    expect(outdatedPackages(lock, folder)).toEqual(['node_modules/a', 'node_modules/b'])
  })
})

describe('the cache of Electron binaries', () => {
  test.each([
    [{ TICKWRIGHT_CACHE: '/x' }, 'linux', '/x'],
    [{ XDG_CACHE_HOME: '/c' }, 'linux', '/c/tickwright'],
    [{}, 'linux', '/home/me/.cache/tickwright'],
    [{}, 'darwin', '/home/me/Library/Caches/tickwright'],
    [{ LOCALAPPDATA: '/local' }, 'win32', '/local/tickwright'],
  ] as const)('%o on %s is %s', (env, platform, expected) => {
    expect(cacheRoot(env as NodeJS.ProcessEnv, platform, '/home/me')).toBe(expected)
  })
})

describe('an Electron folder', () => {
  test('is usable with the right version and an executable program', () => {
    write('version', 'v42.0.0\n')
    chmodSync(write('electron', ''), 0o755)
    expect(distIsUsable(folder, '42.0.0', 'linux')).toBe(true)
    expect(distIsUsable(folder, '42.0.1', 'linux')).toBe(false)
  })

  test('is not usable when the program is missing or not executable', () => {
    write('version', '42.0.0')
    expect(distIsUsable(folder, '42.0.0', 'linux')).toBe(false)
    chmodSync(write('electron', ''), 0o644)
    expect(distIsUsable(folder, '42.0.0', 'linux')).toBe(false)
  })

  test('keeps its program where each system expects it', () => {
    expect(executableName('win32')).toBe('electron.exe')
    expect(executableName('darwin')).toBe('Electron.app/Contents/MacOS/Electron')
    expect(executableName('linux')).toBe('electron')
  })
})

test('a download that is not the pinned file is refused', () => {
  const file = write('a.tgz', 'good')
  const integrity = `sha512-${createHash('sha512').update('good').digest('base64')}`
  expect(() => checkIntegrity(file, integrity)).not.toThrow()
  write('a.tgz', 'evil')
  expect(() => checkIntegrity(file, integrity)).toThrow('a.tgz is not the pinned file')
})

test('a step that fails is tried once more, and only once', () => {
  let calls = 0
  const failing = (times: number) => () => {
    if (++calls <= times) throw new Error('connection reset')
    return 'done'
  }
  expect(twice('a step that breaks off', failing(1))).toBe('done')
  calls = 0
  expect(() => twice('a step that never works', failing(2))).toThrow('connection reset')
  expect(calls).toBe(2)
})

describe('system packages', () => {
  const ldd =
    '\tlibgtk-3.so.0 => not found\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x0)\n\tlibnss3.so => not found\n'

  test('are asked for when the linker misses a library or a screen is needed', () => {
    expect(missingLibraries(ldd)).toEqual(['libgtk-3.so.0', 'libnss3.so'])
    expect(packagesToInstall({ missing: [], needsVirtualDisplay: false })).toEqual([])
    expect(packagesToInstall({ missing: [], needsVirtualDisplay: true })).toEqual(['xvfb'])
    expect(packagesToInstall({ missing: missingLibraries(ldd), needsVirtualDisplay: false })).toContain('libgtk-3-0')
  })

  test('are those of the servers that tests start, where one is not there', () => {
    expect(missingServers(() => true)).toEqual([])
    expect(missingServers((path: string) => path !== '/usr/bin/influxd')).toEqual(['influxdb'])
    const servers = missingServers(() => false)
    expect(packagesToInstall({ missing: [], needsVirtualDisplay: true, servers })).toEqual(['xvfb', ...servers])
  })

  test('Linux has a screen when X or Wayland says so; other systems always have one', () => {
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'darwin')).toBe(true)
  })
})
