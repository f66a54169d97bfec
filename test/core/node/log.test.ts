import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLog } from '../../../core/node/log.ts'
import { temporaryHome } from '../../helpers/a-service.ts'

let home: ReturnType<typeof temporaryHome>
beforeEach(() => {
  home = temporaryHome()
})
afterEach(() => home.remove())

const lines = () =>
  readFileSync(join(home.path, 'logs', 'tickwright.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly msg: string; readonly err?: { readonly message: string } })

test('every line is JSON with what happened and why, and a later session writes on', async () => {
  const first = openLog(home.path)
  first.error(new Error('no such table'), 'run.list')
  await first.close()
  const second = openLog(home.path)
  second.info('started')
  await second.close()
  expect(lines().map(({ msg, err }) => [msg, err?.message])).toEqual([
    ['run.list', 'no such table'],
    ['started', undefined],
  ])
})

test('a log that has grown large becomes the older file', async () => {
  mkdirSync(join(home.path, 'logs'))
  writeFileSync(join(home.path, 'logs', 'tickwright.log'), Buffer.alloc(5_000_001, 'x'))
  const log = openLog(home.path)
  log.info('started')
  await log.close()
  expect(readdirSync(log.folder).sort()).toEqual(['tickwright.log', 'tickwright.log.1'])
  expect(statSync(join(log.folder, 'tickwright.log.1')).size).toBe(5_000_001)
  expect(lines()).toHaveLength(1)
})

test('where nothing can be written there is no log, and nothing fails', async () => {
  writeFileSync(join(home.path, 'logs'), 'a file in the way')
  const log = openLog(home.path)
  log.error(new Error('x'), 'y')
  await log.close()
  const full = openLog('/dev/full/nowhere')
  full.info('x')
  await full.close()
})
