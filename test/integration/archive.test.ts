import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { afterAll, expect, test, vi } from 'vitest'
import { copyFolder } from '../../core/node/backup/copy-folder.ts'
import { aService, fillHome, type RunningService, temporaryHome } from '../helpers/a-service.ts'
import { startTerminal, terminal } from '../helpers/a-terminal.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const homes: { remove(): void }[] = []
afterAll(() => {
  for (const home of homes) home.remove()
})

/** Four months of prints, some of them with fractions of a millisecond, in a data folder. */
async function aHome(prints = 8_000): Promise<string> {
  const home = temporaryHome()
  homes.push(home)
  await fillHome(home.path)
  const start = Date.UTC(2024, 0, 3)
  const lines = Array.from({ length: prints }, (_, at) => {
    const time = new Date(start + at * (Math.floor(10_000_000_000 / prints) + (at % 7))).toISOString()
    return `${time},${(100 + Math.sin(at / 50)).toFixed(2)},${1 + (at % 9)},${at % 2 === 0 ? 'buy' : 'sell'}`
  })
  writeFileSync(join(home.path, 'prints.csv'), `time,price,size,side\n${lines.join('\n')}\n`)
  const running = await aService({ home: home.path })
  const path = join(home.path, 'prints.csv')
  const { job } = await running.call('market.import', { path, kind: 'tick', instrument: 'PRINTS', zone: 'UTC' })
  await running.ended(job)
  await running.close()
  return home.path
}

const whole = { instrument: 'PRINTS', from: null, to: null, limit: 1_000_000 }

async function content({ call }: RunningService) {
  const { columns } = await call('ticks.read', whole)
  const { hash, days } = await call('market.days', { kind: 'tick', instrument: 'PRINTS', from: null, to: null })
  return { columns, hash, days }
}

test('old prints leave the store for files that others read, are still there for everybody, and come back', async () => {
  const home = await aHome()
  const running = await aService({ home })
  const before = await content(running)
  const { job } = await running.call('archive.run', { olderThanDays: 200, kinds: ['tick'] })
  await running.ended(job)
  const list = await running.call('archive.list', {})
  expect(list.files.map(({ file }) => file)).toEqual([
    ...['2024-01', '2024-02', '2024-03', '2024-04'].map((month) => `tick/PRINTS/${month}.parquet`),
  ])
  expect(list.rows).toBe(8_000)
  expect(await content(running)).toEqual(before)

  const bytes = readFileSync(join(list.folder, 'tick', 'PRINTS', '2024-02.parquet'))
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  expect(parquetMetadata(file).row_groups[0]?.columns[1]?.meta_data?.codec).toBe('ZSTD')
  const [first] = await parquetReadObjects({ file, compressors, rowEnd: 1 })
  const at = before.columns.time?.findIndex((time) => time >= Date.UTC(2024, 1)) ?? 0
  expect(first).toMatchObject({ price: before.columns.price?.[at], size: before.columns.size?.[at] })
  expect(Number(new Date(first?.time as string | Date))).toBe(before.columns.time?.[at])
  expect((await running.call('archive.verify', {})).findings).toEqual([])

  const back = await running.call('archive.restore', { files: ['tick/PRINTS/2024-03.parquet'] })
  await running.ended(back.job)
  expect((await running.call('archive.list', {})).files).toHaveLength(3)
  expect(await content(running)).toEqual(before)
  const rest = await running.call('archive.restore', { files: [] })
  await running.ended(rest.job)
  expect(readdirSync(join(home, 'archive', 'tick', 'PRINTS'))).toEqual([])
  expect(await content(running)).toEqual(before)
  await running.close()
})

test('a damaged file is named, set aside and its period told; a copy of the store has everything', async () => {
  const home = await aHome()
  const running = await aService({ home })
  const { job } = await running.call('archive.run', { olderThanDays: 200, kinds: ['tick'] })
  await running.ended(job)
  const path = join(home, 'archive', 'tick', 'PRINTS', '2024-02.parquet')
  const spoiled = readFileSync(path)
  spoiled.fill(0, 100, 400)
  writeFileSync(path, spoiled)
  expect((await running.call('archive.verify', {})).findings).toEqual([
    { file: 'tick/PRINTS/2024-02.parquet', reason: 'changed since it was archived' },
  ])
  await expect(running.call('ticks.read', whole)).rejects.toMatchObject({
    code: 'archive.damaged',
    data: { file: path },
  })
  const april = { ...whole, from: Date.UTC(2024, 3) }
  expect((await running.call('ticks.read', april)).reply.rows).toBeGreaterThan(0)
  const { damaged } = await running.call('market.repair', { instrument: 'PRINTS', kind: 'tick' })
  expect(damaged).toHaveLength(1)
  expect(new Date(damaged[0]?.from ?? 0).toISOString()).toMatch(/^2024-02-01/)
  expect(statSync(`${path}.damaged`).size).toBe(spoiled.length)
  expect((await running.call('ticks.read', whole)).reply.rows).toBeGreaterThan(5_000)
  await running.close()
})

test('a backup holds archived files as well, and brings them back', async () => {
  const home = await aHome(600)
  const running = await aService({ home })
  const before = await content(running)
  await running.ended((await running.call('archive.run', { olderThanDays: 200, kinds: ['tick'] })).job)
  const { name, job } = await running.call('backup.create', {})
  await running.ended(job)
  await running.call('market.delete', { instrument: 'PRINTS', kind: 'tick', before: null })
  expect(readdirSync(join(home, 'archive', 'tick', 'PRINTS'))).toEqual([])
  await running.call('backup.restore', { name })
  await running.close()
  const after = await aService({ home })
  expect(await content(after)).toEqual(before)
  expect((await after.call('archive.verify', {})).findings).toEqual([])
  await after.close()
})

test('a backup that is made while months move holds every print, in the store or in a file', async () => {
  const home = await aHome(600)
  const running = await aService({ home })
  const before = await content(running)
  let moves = 0
  const target = join(home, 'backups', 'copy')
  await copyFolder(home, target, async (file) => {
    if (file !== 'ledger' || ++moves > 2) return
    const takes = { olderThanDays: 200, kinds: ['tick' as const] }
    const { job } = await (moves === 1
      ? running.call('archive.run', takes)
      : running.call('archive.restore', { files: [] }))
    await running.ended(job)
  })
  await running.close()
  expect(moves).toBe(3)
  const copy = await aService({ home: target })
  expect(await content(copy)).toEqual(before)
  await copy.close()
})

test('a terminal archives while nobody serves; beside a service it says who can', async () => {
  const home = await aHome(500)
  const run = (...args: string[]) => terminal(args, { home })
  const { code, stdout } = await run('archive', 'run', '--older-than', '200', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ rows: 500 })
  expect(JSON.parse((await run('ticks', 'read', 'PRINTS', '--json')).stdout)).toMatchObject({ rows: 500 })
  const running = await aService({ home })
  const beside = await run('archive', 'restore')
  expect(beside).toMatchObject({ code: 1, stderr: expect.stringMatching(/A service works in this data folder/) })
  await running.close()
  expect((await run('archive', 'run', '--older-than', 'x')).code).toBe(2)
  expect(JSON.parse((await run('archive', 'restore', '--json')).stdout)).toMatchObject({ files: [] })
})

test('killed while months move, an archive has every print once', async () => {
  const home = await aHome(3_000)
  const before = await aService({ home })
  const wanted = await content(before)
  await before.close()
  const folder = join(home, 'archive', 'tick', 'PRINTS')
  const left: number[] = []
  for (const afterMs of [0, 3, 6, 12, 25]) {
    const running = await startTerminal(['archive', 'run', '--older-than', '200'], { home })
    // The first file is being written: from here on rows move
    while (running.child.exitCode === null && !(existsSync(folder) && readdirSync(folder).length > 0)) await pause(1)
    await pause(afterMs)
    running.child.kill('SIGKILL')
    await running.ended
    left.push(readdirSync(folder).filter((name) => name.endsWith('.parquet')).length)
    const next = await aService({ home })
    expect(await content(next), `killed after ${afterMs} ms`).toEqual(wanted)
    const { job } = await next.call('archive.restore', { files: [] })
    await next.ended(job)
    await next.close()
  }
  expect(Math.min(...left), 'at least one was killed before the last month had moved').toBeLessThan(4)
})
