import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Takes } from '../../core/contract/contract.ts'
import { aService, fillHome, type RunningService, temporaryHome } from '../helpers/a-service.ts'
import { paperConfig, simulatedMarket } from '../helpers/live-session.ts'

type Alert = Takes<'alert.put'>['alert']

const plain: Omit<Alert, 'id' | 'conditions'> = {
  ...{ name: '', join: 'all', repeat: 'once', expires: null, level: 'warning', armed: true },
}

describe('alerts', () => {
  const home = temporaryHome()
  let running: RunningService
  beforeAll(async () => {
    await fillHome(home.path)
    running = await aService({ home: home.path })
  })
  afterAll(async () => {
    await running.close()
    home.remove()
  })

  const watched = (id: string) => expect.poll(async () => (await stateOf(id))?.since ?? null).not.toBeNull()
  const putAlert = async (alert: Partial<Alert> & Pick<Alert, 'id' | 'conditions'>) =>
    void (await running.call('alert.put', { alert: { ...plain, ...alert } }))
  const stateOf = async (id: string) => (await running.call('alert.list', {})).alerts.find((each) => each.id === id)
  const appendDay = async (rows: string) => {
    const path = join(running.home, 'days.csv')
    writeFileSync(path, `Date,Open,High,Low,Close\n${rows}`)
    const { reply } = await running.call('import.inspect', { path, recipe: null })
    const instrument = { ...reply.suggestedInstrument, id: 'DAYS' }
    const { job } = await running.call('import.start', { path, recipe: reply.recipe, instrument })
    await running.ended(job)
  }

  it('is tried on history: the crossings of a mean, counted by hand from the same bars', async () => {
    const period = { instrument: 'SPX', interval: '1d', from: null, to: null }
    const { columns } = await running.call('bars.read', { ...period, maxBars: 0 })
    const closes = [...(columns.close as Float64Array)]
    const means = closes.map((_, row) => closes.slice(row - 49, row + 1).reduce((sum, close) => sum + close, 0) / 50)
    const isOver = (row: number) => (closes[row] as number) > (means[row] as number)
    const crossings = closes.map((_, row) => row).filter((row) => row > 49 && isOver(row) && !isOver(row - 1))
    const alert = { ...plain, id: 'mean', conditions: ['SPX 1d: close crosses-above sma(period=50)'] }
    const found = await running.call('alert.try', { alert, from: null, to: null })
    expect(found.count).toBe(crossings.length)
    expect(found.count).toBeGreaterThan(50)
    expect(found.moments).toBe(5105)
    expect(found.firings[0]?.at).toBe((columns.closeTime as Float64Array)[crossings.at(-1) as number])
    const later = await running.call('alert.try', { alert, from: Date.UTC(2019, 0), to: Date.UTC(2020, 0) })
    const within = found.firings.filter(({ at }) => at >= Date.UTC(2019, 0) && at <= Date.UTC(2020, 0))
    expect(later.firings).toEqual(within)
  })

  it('joins conditions, and says which of them no past is stored of', async () => {
    const conditions = ['SPX 1d: change(5) below -5', 'SPX 1w: rsi(period=14) below 35', 'session busy: pnl below 0']
    const alert = { ...plain, id: 'fear', conditions }
    const both = await running.call('alert.try', { alert, from: null, to: null })
    expect(both.untried).toEqual(['session busy: pnl below 0'])
    const one = await running.call('alert.try', {
      alert: { ...alert, conditions: conditions.slice(0, 1) },
      from: null,
      to: null,
    })
    expect(both.count).toBeGreaterThan(0)
    expect(both.count).toBeLessThan(one.count)
    expect(both.firings[0]?.text).toMatch(/^SPX 1d: change\(5\) below -5 \(-\d+\.\d+, -5\); SPX 1w: rsi/)
  })

  it('fires on the bar that comes, not on the past; once, until it is armed anew; and tells by notice', async () => {
    await appendDay('2024-01-02,10,12,9,11\n2024-01-03,11,12,9,11\n')
    await putAlert({ id: 'twelve', name: 'Over twelve', conditions: ['DAYS 1d: close above 12'] })
    await putAlert({ id: 'ten', conditions: ['DAYS 1d: close above 10'] })
    await watched('twelve')
    await watched('ten')
    expect((await stateOf('ten'))?.state).toBe('armed')
    await appendDay('2024-01-04,11,14,9,13\n')
    const fired = await running.until('alert.fired', ({ alert }) => alert === 'twelve')
    expect(fired).toMatchObject({ name: 'Over twelve', level: 'warning', text: 'DAYS 1d: close above 12 (13, 12)' })
    await running.until('alert.fired', ({ alert }) => alert === 'ten')
    await expect.poll(async () => (await stateOf('twelve'))?.state).toBe('fired')
    expect(await stateOf('twelve')).toMatchObject({ fired: 1, firedAt: fired.at })
    await appendDay('2024-01-05,13,15,9,14\n')
    await new Promise((passed) => setTimeout(passed, 1_500))
    expect((await stateOf('twelve'))?.fired).toBe(1)
    await running.call('alert.arm', { alert: 'twelve', armed: true })
    await watched('twelve')
    await appendDay('2024-01-08,13,15,9,15\n')
    await expect.poll(async () => (await stateOf('twelve'))?.fired).toBe(1)
    const { firings } = await running.call('alert.log', { alert: 'twelve', limit: 10 })
    expect(firings.map(({ text }) => text)).toEqual([
      'DAYS 1d: close above 12 (15, 12)',
      'DAYS 1d: close above 12 (13, 12)',
    ])
  })

  it('survives a restart: what was armed is armed, what had fired has fired, what came in between is judged', async () => {
    await putAlert({ id: 'later', conditions: ['DAYS 1d: close crosses-below 12'] })
    await putAlert({ id: 'missed', conditions: ['DAYS 1d: close crosses-above 16'] })
    await watched('later')
    await watched('missed')
    await running.close()
    const terminal = await aService({ home: home.path, role: 'terminal' })
    running = terminal
    await appendDay('2024-01-09,15,18,14,17\n')
    await terminal.close()
    running = await aService({ home: home.path })
    await running.until('alert.fired', ({ alert }) => alert === 'missed')
    expect((await stateOf('twelve'))?.state).toBe('fired')
    expect((await stateOf('later'))?.state).toBe('armed')
    await appendDay('2024-01-10,13,15,9,10\n')
    await running.until('alert.fired', ({ alert }) => alert === 'later')
  })

  it('hears prints between bars, sessions and events of a live market', async () => {
    await simulatedMarket(running, { speed: 120 })
    await running.call('blotter.start', {})
    await putAlert({ id: 'print', conditions: ['SIM-A quote: last above 0'] })
    await putAlert({ id: 'held', conditions: ['session paper: position SIM-A above 0'] })
    await putAlert({ id: 'said', conditions: ['event fill paper'], repeat: 'per-bar' })
    const { session } = await running.call('live.start', { ...paperConfig, warmupBars: 0, name: 'paper' })
    for (const id of ['print', 'held', 'said']) await running.until('alert.fired', ({ alert }) => alert === id)
    await running.call('live.stop', { session, flatten: true })
    await running.call('blotter.stop', {})
  })

  it('watches bars that the blotter closes', async () => {
    await putAlert({
      id: 'bars',
      conditions: ['SIM-A 1m: volume above 0', 'SIM-A 1m: close above 0'],
      repeat: 'per-bar',
    })
    await new Promise((passed) => setTimeout(passed, 1_500))
    await running.call('blotter.start', {})
    const first = await running.until('alert.fired', ({ alert }) => alert === 'bars')
    await running.until('alert.fired', ({ alert, at }) => alert === 'bars' && at > first.at)
    const times = running.heard('alert.fired').flatMap(({ alert, at }) => (alert === 'bars' ? [at] : []))
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
    await running.call('blotter.stop', {})
  })

  it('refuses what cannot be watched, naming the place', async () => {
    const refused = (condition: string) =>
      running.call('alert.put', { alert: { ...plain, id: 'bad', conditions: [condition] } })
    await expect(refused('NONE 1d: close above 3')).rejects.toMatchObject({ code: 'instrument.unknown' })
    await expect(refused('SPX 1d: nonsense(period=3) above 3')).rejects.toMatchObject({ code: 'indicator.unknown' })
    await expect(refused('SPX 1d: sma(period=0) above 3')).rejects.toMatchObject({ code: 'param.invalid' })
    await expect(refused('SPX 1d: macd().none above 3')).rejects.toMatchObject({ code: 'alert.wrong' })
    await expect(refused('SPX 1d: close over 3')).rejects.toMatchObject({ code: 'alert.wrong' })
    await expect(running.call('alert.remove', { alert: 'bad' })).rejects.toMatchObject({ code: 'alert.unknown' })
  })
})
