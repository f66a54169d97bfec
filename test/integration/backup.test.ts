import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { restorePending } from '../../core/node/backup/restore-backup.ts'
import { aService, fillHome, type RunningService, temporaryHome } from '../helpers/a-service.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const homes: { remove(): void }[] = []
afterAll(() => {
  for (const home of homes) home.remove()
})

async function aHome(): Promise<string> {
  const home = temporaryHome()
  homes.push(home)
  await fillHome(home.path)
  return home.path
}

async function backUp(running: RunningService): Promise<string> {
  const { name, job } = await running.call('backup.create', {})
  await running.ended(job)
  return name
}

const names = async (running: RunningService) =>
  (await running.call('instrument.list', {})).instruments.map(({ id }) => id).sort()

test('a backup brings back data, runs, settings and strategies; what it replaces is set aside', async () => {
  const home = await aHome()
  const before = await aService({ home })
  const { summary } = await before.backtest()
  const instruments = await names(before)
  const strategy = readFileSync(join(home, 'strategies', 'cross.ts'), 'utf8')
  const name = await backUp(before)
  expect(await before.call('backup.list', {})).toMatchObject({
    folder: join(home, 'backups'),
    pending: null,
    backups: [{ name, files: expect.arrayContaining([expect.objectContaining({ name: 'strategies/cross.ts' })]) }],
  })

  await before.call('instrument.delete', { instrument: 'SPX' })
  await before.call('run.delete', { run: summary.id })
  writeFileSync(join(home, 'strategies', 'cross.ts'), '// spoiled')
  expect(await before.call('backup.restore', { name })).toEqual({ pending: name })
  expect(await names(before), 'nothing changes before the next start').not.toContain('SPX')
  await before.close()

  const after = await aService({ home })
  expect(await names(after)).toEqual(instruments)
  expect((await after.call('run.get', { run: summary.id })).summary).toEqual(summary)
  expect(readFileSync(join(home, 'strategies', 'cross.ts'), 'utf8')).toBe(strategy)
  const { notices } = await after.call('app.info', {})
  expect(notices).toMatchObject([{ code: 'backup.restored', data: { name } }])
  expect((await after.call('backup.list', {})).pending).toBeNull()
  const [replaced = ''] = readdirSync(join(home, 'backups')).filter((each) => each.startsWith('replaced-'))
  expect(readFileSync(join(home, 'backups', replaced, 'strategies', 'cross.ts'), 'utf8')).toBe('// spoiled')
  await after.close()
  const again = await aService({ home })
  expect((await again.call('app.info', {})).notices).toEqual([])
  await again.close()
})

test('is whole while bars are written without a pause', async () => {
  const home = await aHome()
  const running = await aService({ home })
  const text = (rows: number, price: number) =>
    Array.from({ length: rows }, (_, row) => {
      const day = new Date(Date.UTC(1990, 0, 1 + row)).toISOString().slice(0, 10)
      return `${day},${price},${price},${price},${price},1`
    }).join('\n')
  const path = join(home, 'busy.csv')
  let writing = true
  const writer = (async () => {
    for (let round = 1; writing; round++) {
      writeFileSync(path, `Date,Open,High,Low,Close,Volume\n${text(4_000, round)}\n`)
      const { reply } = await running.call('import.inspect', { path, recipe: null })
      const instrument = { ...reply.suggestedInstrument, id: 'BUSY' }
      const { job } = await running.call('import.start', { path, recipe: reply.recipe, instrument })
      await running.ended(job)
    }
  })()
  await running.until('data.changed', ({ instrument }) => instrument === 'BUSY')
  const made = [await backUp(running), await backUp(running)]
  writing = false
  await writer
  for (const name of made) {
    expect((await running.call('backup.verify', { name })).findings).toEqual([])
    await running.call('backup.restore', { name })
  }
  await running.close()
  const after = await aService({ home })
  const wanted = { instrument: 'BUSY', interval: '1d', from: null, to: null, maxBars: 0 }
  const { columns } = await after.call('bars.read', wanted)
  expect(columns.close).toHaveLength(4_000)
  expect(new Set(columns.close as Float64Array).size, 'all bars of one import').toBe(1)
  await after.close()
})

test('a damaged backup is refused by name of the file, and the folder stays as it is', async () => {
  const home = await aHome()
  const running = await aService({ home })
  const name = await backUp(running)
  const file = join(home, 'backups', name, 'bars.db')
  const whole = readFileSync(file)
  const spoiled = Buffer.from(whole)
  spoiled[9_000] = (spoiled[9_000] ?? 0) ^ 1
  writeFileSync(file, spoiled)
  expect((await running.call('backup.verify', { name })).findings).toEqual(['bars.db: changed since the backup'])
  truncateSync(file, 100)
  await expect(running.call('backup.restore', { name })).rejects.toMatchObject({
    code: 'backup.damaged',
    data: { name, findings: expect.stringMatching(/^bars\.db: 100 bytes, not \d+$/) },
  })
  expect((await running.call('backup.list', {})).pending).toBeNull()
  await running.close()
})

test('a copy that was cut off is no backup, and a cancelled one leaves nothing', async () => {
  const home = await aHome()
  const running = await aService({ home })
  mkdirSync(join(home, 'backups', '20200101-000000.part'), { recursive: true })
  mkdirSync(join(home, 'backups', '20200101-000001'))
  const { name, job } = await running.call('backup.create', {})
  await running.call('job.cancel', { job })
  await expect(running.ended(job)).rejects.toMatchObject({ code: 'cancelled' })
  await expect.poll(() => existsSync(join(home, 'backups', `${name}.part`))).toBe(false)
  expect((await running.call('backup.list', {})).backups).toEqual([])
  await running.close()
})

test('a restore that was cut off at any step goes on at the next start', async () => {
  const home = await aHome()
  const running = await aService({ home })
  const instruments = await names(running)
  const name = await backUp(running)
  await running.call('instrument.delete', { instrument: 'SPX' })
  await running.call('backup.restore', { name })
  await running.close()
  const { set } = JSON.parse(readFileSync(join(home, 'restore.json'), 'utf8')) as { set: string }
  const replaced = join(home, 'backups', set)
  const spoiled = readFileSync(join(home, 'ledger.db'))

  // As a start leaves it that ended after it had staged everything and moved the first database away
  cpSync(join(home, 'backups', name), join(home, 'restoring'), { recursive: true })
  mkdirSync(replaced)
  renameSync(join(home, 'ledger.db'), join(replaced, 'ledger.db'))
  expect(restorePending(home)).toMatchObject({ code: 'backup.restored', data: { name, replaced } })
  expect(readFileSync(join(replaced, 'ledger.db')).equals(spoiled), 'what was replaced is there').toBe(true)
  expect(restorePending(home)).toBeNull()
  expect(existsSync(join(home, 'restoring'))).toBe(false)
  const after = await aService({ home })
  expect(await names(after)).toEqual(instruments)
  await after.close()
})
