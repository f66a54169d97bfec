import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DomainError } from '../../core/domain/errors.ts'
import { openSqliteStores } from '../../core/node/store/sqlite-stores.ts'
import { type RunTable, runTableNames } from '../../core/stores/run-store.ts'
import { aService, crossConfig, fillHome, type RunningService, temporaryHome } from '../helpers/a-service.ts'
import { failureOf, saidInBothLanguages } from '../helpers/sentences.ts'

let home: ReturnType<typeof temporaryHome>
let running: RunningService
beforeEach(async () => {
  home = temporaryHome()
  await fillHome(home.path)
  running = await aService({ home: home.path })
})
afterEach(async () => {
  await running.close()
  home.remove()
})

async function verify(run: string) {
  const { job } = await running.call('run.verify', { run })
  await running.ended(job).catch(() => undefined)
  return running.call('run.verification', { job })
}

/** Opens the stores of the closed service, works on them, and starts the service again. */
async function betweenSessions(work: (stores: ReturnType<typeof openSqliteStores>) => Promise<void>): Promise<void> {
  await running.close()
  const stores = openSqliteStores({ home: home.path, role: 'service', clock: { now: Date.now } })
  await work(stores)
  stores.close()
  running = await aService({ home: home.path })
}

test('a run that is verified again, even after a restart and with its file gone, is identical', async () => {
  const { summary, capsule } = await running.backtest()
  await running.call('strategy.delete', { name: 'cross.ts' })
  expect(await verify(summary.id)).toEqual({
    run: summary.id,
    state: 'identical',
    expectedHash: capsule.resultHash,
    actualHash: capsule.resultHash,
    firstDifference: '',
    error: null,
  })
  await betweenSessions(async () => undefined)
  expect(await verify(summary.id)).toMatchObject({ state: 'identical' })
})

test('a stored result that this code and these bars do not give is different, and the first cell is named', async () => {
  const { summary } = await running.backtest()
  let honest = Number.NaN
  await betweenSessions(async ({ runs }) => {
    const { capsule, log } = await runs.get(summary.id)
    const tables: Partial<Record<(typeof runTableNames)[number], RunTable>> = {}
    for (const name of runTableNames) tables[name] = await runs.columns(summary.id, name)
    const prices = tables.fills?.columns.price ?? new Float64Array()
    honest = prices[3] as number
    prices[3] = honest - 0.25
    await runs.create({ ...summary, id: 'run-forged', capsule, config: summary.config })
    const forged = { ...capsule, resultHash: 'f'.repeat(64) }
    await runs.finish('run-forged', { ...summary, capsule: forged, log, tables })
  })
  expect(await verify('run-forged')).toMatchObject({
    state: 'different',
    expectedHash: 'f'.repeat(64),
    firstDifference: `fills 4 price ${honest - 0.25} → ${honest}`,
  })
})

test('bars that were corrected since are had back for the proof, and the run says what has changed', async () => {
  const path = join(running.home, 'days.csv')
  const bring = async (closes: readonly number[]) => {
    const day = (at: number) => new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10)
    const rows = closes.map((close, at) => `${day(at)},${close},${close + 1},${close - 1},${close},10`)
    writeFileSync(path, `Date,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`)
    const { reply } = await running.call('import.inspect', { path, recipe: null })
    const instrument = { ...reply.suggestedInstrument, id: 'DAYS' }
    const { job } = await running.call('import.start', { path, recipe: reply.recipe, instrument })
    await running.ended(job)
  }
  const closes = Array.from({ length: 80 }, (_, at) => 100 + Math.round(10 * Math.sin(at / 5)))
  await bring(closes)
  const { summary } = await running.backtest({ instruments: ['DAYS'], params: { fast: 3, slow: 8 } })
  const changes = async () => (await running.call('run.changes', { run: summary.id })).data[0]
  expect(await changes()).toMatchObject({ instrument: 'DAYS', state: 'same', revisions: [] })

  await bring([...closes, 101, 102])
  expect(await changes()).toMatchObject({ state: 'appended', revisions: [] })
  expect(await verify(summary.id)).toMatchObject({ state: 'identical' })

  await bring(closes.map((close, at) => (at === 40 ? 55 : close)))
  const time = Date.UTC(2020, 1, 10)
  expect(await changes()).toMatchObject({
    state: 'revised',
    revisions: [{ source: 'days.csv', replaced: 1, added: 0, from: time, to: time }],
  })
  expect((await changes())?.revisions[0]?.examples).toContainEqual({ time, column: 'close', was: closes[40], is: 55 })
  expect(await verify(summary.id)).toMatchObject({ state: 'identical' })
})

test('a run whose bars have changed since, with nobody who kept them, cannot be verified, and the instrument is named', async () => {
  const { summary } = await running.backtest()
  await betweenSessions(async ({ bars }) => {
    const all = await bars.read('SPX', '1d', null, null)
    ;(all.close as Float64Array)[2_000] = 1
    ;(all.low as Float64Array)[2_000] = 1
    await bars.upsert('SPX', '1d', all, 'corrected')
  })
  const found = await verify(summary.id)
  expect(found).toMatchObject({
    state: 'failed',
    error: { code: 'run.not-verifiable', data: { run: summary.id, reason: 'data', instrument: 'SPX' } },
  })
  expect(saidInBothLanguages(new DomainError('run.not-verifiable', found.error?.data ?? {}))).toMatch(/bars of SPX/)
})

test('a run whose instrument was deleted cannot be verified; its results stay', async () => {
  const { summary } = await running.backtest()
  await running.call('instrument.delete', { instrument: 'SPX' })
  expect(await verify(summary.id)).toMatchObject({ state: 'failed', error: { code: 'instrument.unknown' } })
  expect((await running.call('run.trades', { run: summary.id })).reply.rows).toBe(88)
})

test('a failed run has nothing to verify', async () => {
  const strategy = await running.strategy(
    'throws.ts',
    'import { Strategy } from "tickwright"\nexport default class A extends Strategy {\n  onBar() { throw new Error("no") }\n}\n',
  )
  const { run, job } = await running.call('backtest.start', { ...crossConfig, strategy })
  await running.ended(job).catch(() => undefined)
  const failure = await failureOf(running.call('run.verify', { run }))
  expect(failure).toMatchObject({ code: 'run.not-verifiable', data: { reason: 'failed' } })
  saidInBothLanguages(failure)
})

test('a verification that is cancelled before its run has begun ends as cancelled', async () => {
  const { summary } = await running.backtest()
  const { job } = await running.call('run.verify', { run: summary.id })
  await running.call('job.cancel', { job })
  await expect(running.ended(job)).rejects.toMatchObject({ code: 'cancelled' })
})
