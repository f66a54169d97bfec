import { expect } from 'vitest'
import { noLimits } from '../../core/engine/live/risk-limits.ts'
import type { RunningService } from './a-service.ts'
import { paperConfig, simulatedMarket } from './live-session.ts'
import { storedContracts } from './stored-contracts.ts'

/** Sessions that trade are proved in live.test.ts. */
export async function tradeLive(running: RunningService): Promise<void> {
  const { call } = running
  await simulatedMarket(running, { speed: 60 })
  const { session } = await call('live.start', { ...paperConfig, warmupBars: 0 })
  await call('live.pause', { session, paused: true })
  await call('live.limits', { session, limits: noLimits })
  const first = await running.until('live.changed', (one) => one.session === session && (one.status?.bars ?? 0) > 0)
  expect(first.status?.paused).toBe(true)
  await call('live.pause', { session, paused: false })
  const nothing = { stopEntry: null, trailBy: null, target: null, stop: null, valid: null }
  const ticket = { session, instrument: 'SIM-A', side: 'buy' as const, quantity: 1, limit: 1, ...nothing }
  expect((await call('live.preview', ticket)).value).toBe(1)
  const { orders } = await call('live.order', ticket)
  const order = orders[0] ?? 0
  await call('live.move', { session, order, price: 2 })
  await call('live.cancel', { session, order })
  await call('live.flatten', { session })
  expect((await call('live.kill', { confirm: false })).sessions).toMatchObject([{ session }])
  expect((await call('live.equity', { session })).reply.rows).toBeGreaterThan(0)
  expect((await call('live.list', {})).sessions).toMatchObject([{ session, state: 'running' }])
  await call('live.stop', { session, flatten: false })
  expect((await call('live.get', { session })).state).toBe('stopped')
  const query = { session, instrument: null, from: null, to: null, limit: 10 }
  expect((await call('live.orders', query)).orders.length).toBeGreaterThan(0)
  expect((await call('live.fills', query)).fills).toEqual(expect.any(Array))
  expect((await call('live.journal', { session, after: 0, limit: 5, kinds: null })).broken).toBeNull()
  expect((await call('live.replay', { session })).identical).toBe(true)
  const { run } = await call('live.save', { session, note: 'kept' })
  expect(await call('run.get', { run })).toMatchObject({ summary: { state: 'done', note: 'kept' } })
  await call('blotter.stop', {})
  await call('instrument.delete', { instrument: 'SIM-A' })
}

/** Accounts are proved in live-venue.test.ts, against an exchange. */
export async function keepAccounts(call: RunningService['call']): Promise<void> {
  const account = {
    kind: 'exchange',
    id: 'mine',
    exchange: 'binance',
    market: 'spot',
    gateway: null,
    pollMs: 1000,
  } as const
  await call('account.put', { account })
  expect((await call('account.list', {})).accounts).toEqual([{ account, secrets: [] }])
  await expect(call('account.test', { account: 'mine' })).rejects.toMatchObject({ code: 'account.secret' })
  const wrong = { account: 'mine', name: 'pin', secret: 'x' }
  await expect(call('account.secret', wrong)).rejects.toMatchObject({ code: 'account.secret' })
  expect((await call('vault.state', {})).state).toBe('new')
  await call('vault.unlock', { passphrase: 'long enough' })
  expect((await call('vault.state', {})).state).toBe('open')
  await expect(call('vault.unlock', { passphrase: 'guessed' })).rejects.toMatchObject({ code: 'vault.wrong' })
  expect((await call('blotter.key', {})).publicKey).toHaveLength(40)
  await call('account.remove', { account: 'mine' })
  await expect(call('account.remove', { account: 'mine' })).rejects.toMatchObject({ code: 'account.unknown' })
}

/** Channels are proved in notifications.test.ts, each against its service. */
export async function tellOthers(call: RunningService['call']): Promise<void> {
  expect((await call('notification.kinds', {})).kinds).toHaveLength(11)
  const { rules } = await call('notification.rules', {})
  const channel = { id: 'here', kind: 'desktop', enabled: true, language: 'en', settings: {}, template: '' } as const
  const route = { level: 'info', events: [], source: '', strategy: '', instrument: '', channels: ['here'] } as const
  const channels = [{ ...channel }]
  await call('notification.configure', {
    rules: { ...rules, channels, routes: [{ ...route, events: [], channels: ['here'] }] },
  })
  expect(await call('notification.test', { channel: 'here' })).toEqual({ accepted: true, reason: '' })
  await expect(call('notification.secret', { channel: 'here', name: 'x', secret: 'y' })).rejects.toMatchObject({
    code: 'notification.channel',
  })
  const notice = { level: 'info', event: 'message', source: 'test', strategy: '', instrument: '' } as const
  const sent = await call('notification.send', { ...notice, title: 'Hello', text: '' })
  expect(sent.channels).toEqual(['here'])
  const query = { channel: null, state: null, text: 'Hello', limit: 10 }
  await expect.poll(async () => (await call('notification.log', query)).deliveries[0]?.state).toBe('accepted')
  expect((await call('notification.acknowledge', { notice: sent.notice })).deliveries).toBe(1)
}

/** Series are proved in continuous.test.ts. */
export async function joinContracts({ home }: RunningService, call: RunningService['call']): Promise<void> {
  const definition = await storedContracts({ home, call })
  expect((await call('futures.preview', { definition })).reply.rolls).toHaveLength(1)
  await call('futures.build', { definition })
  expect((await call('futures.list', {})).series).toEqual([definition])
  expect(await call('futures.rolls', {})).toEqual({ rolls: [] })
  await expect(call('futures.roll', { series: definition.id, session: 'live-none' })).rejects.toMatchObject({
    code: 'futures.no-roll',
  })
  await call('futures.forget', { id: definition.id })
  for (const instrument of [...definition.contracts, definition.id, `${definition.id}.raw`])
    await call('instrument.delete', { instrument })
}

/** Alerts are proved in alerts.test.ts. */
export async function watchPrices(call: RunningService['call']): Promise<void> {
  const alert = {
    ...{ id: 'over', name: '', conditions: ['SPX 1d: close crosses-above sma(period=50)'], join: 'all' as const },
    ...{ repeat: 'once' as const, expires: null, level: 'info' as const, armed: true },
  }
  expect((await call('alert.try', { alert, from: null, to: null })).count).toBeGreaterThan(50)
  await call('alert.put', { alert })
  await call('alert.arm', { alert: 'over', armed: false })
  expect((await call('alert.list', {})).alerts).toMatchObject([{ id: 'over', state: 'off', fired: 0 }])
  expect(await call('alert.log', { alert: null, limit: 10 })).toEqual({ firings: [] })
  await call('alert.remove', { alert: 'over' })
}

/** Restoring is proved in backup.test.ts. */
export async function keepBackup(
  call: RunningService['call'],
  ended: (job: string) => Promise<unknown>,
): Promise<void> {
  const { name, job } = await call('backup.create', {})
  await ended(job)
  expect((await call('backup.verify', { name })).findings).toEqual([])
  expect(await call('backup.restore', { name })).toEqual({ pending: name })
  expect(await call('backup.list', {})).toMatchObject({ pending: name, backups: [{ name }] })
  await call('backup.restore', { name: null })
  await call('backup.delete', { name })
  await expect(call('backup.verify', { name })).rejects.toMatchObject({ code: 'backup.unknown' })
}

/** Moving is proved in archive.test.ts. */
export async function emptyArchive(
  call: RunningService['call'],
  ended: (job: string) => Promise<unknown>,
): Promise<void> {
  await ended((await call('archive.run', { olderThanDays: 36_500, kinds: ['tick'] })).job)
  expect(await call('archive.list', {})).toMatchObject({ files: [], rows: 0, bytes: 0 })
  await call('archive.daily', { olderThanDays: 90 })
  expect((await call('archive.list', {})).dailyOlderThan).toBe(90)
  await call('archive.daily', { olderThanDays: null })
  expect(await call('archive.verify', {})).toEqual({ files: 0, bytes: 0, findings: [] })
  await ended((await call('archive.restore', { files: [] })).job)
}
