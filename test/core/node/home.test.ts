import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { homeFolder } from '../../../core/node/home.ts'

test('TICKWRIGHT_HOME wins on every system', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const)
    expect(homeFolder({ TICKWRIGHT_HOME: 'data' }, platform)).toBe(resolve('data'))
})

test('without it data lies where the system keeps the data of applications', () => {
  expect(homeFolder({}, 'linux')).toBe(join(homedir(), '.local', 'share', 'tickwright'))
  expect(homeFolder({ XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/tickwright')
  expect(homeFolder({}, 'darwin')).toBe(join(homedir(), 'Library', 'Application Support', 'Tickwright'))
  expect(homeFolder({ APPDATA: '/roaming' }, 'win32')).toBe(join('/roaming', 'Tickwright'))
})
