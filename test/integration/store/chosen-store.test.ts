import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { storeUrl } from '../../../core/node/sql/store-address.ts'
import { createPassphraseVault } from '../../../core/node/vault/passphrase-vault.ts'
import { aService, fillHome, type RunningService, temporaryHome } from '../../helpers/a-service.ts'
import { administerPostgres, type TestServer, traderPassword } from '../../helpers/servers.ts'
import { addressOf, sqlKinds } from '../../helpers/sql-servers.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const password = traderPassword

/** Every file below a folder. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

for (const kind of sqlKinds) {
  describe(kind.name, () => {
    const home = temporaryHome()
    let server: TestServer
    let running: RunningService
    let url = ''
    const open = (passphrase = 'open sesame') =>
      aService({
        home: home.path,
        storePatienceMs: 300,
        vault: createPassphraseVault(join(home.path, 'vault.json'), async () => passphrase),
      })
    beforeAll(async () => {
      await fillHome(home.path)
      server = await kind.start()
      url = storeUrl(addressOf(kind, server))
      running = await open()
    })
    afterAll(async () => {
      await running?.close()
      await server?.close()
      home.remove()
    })
    const copy = async () => {
      const started = await running.call('store.copy', { url, password })
      await running.ended(started.job)
      const { job: _, ...report } = await running.call('store.copied', started)
      return report
    }

    test('a try says what is there, or what stands in the way', async () => {
      const found = await running.call('store.test', { url, password })
      expect(found).toMatchObject({ url, contents: 'none', timescale: false, error: null })
      expect(found.version).toMatch(kind.kind === 'mysql' ? /MariaDB/ : /PostgreSQL 1\d/)
      // MariaDB's tables say theirs themselves; the database's own is of no account.
      expect(found.encoding).toMatch(kind.kind === 'mysql' ? /./ : /UTF8/)
      const codeOf = async (change: object, secret = password) => {
        const address = { ...addressOf(kind, server), ...change }
        return (await running.call('store.test', { url: storeUrl(address), password: secret })).error?.code
      }
      expect(await codeOf({}, 'wrong')).toBe('store.login')
      expect(await codeOf({ port: 1 })).toBe('store.unreachable')
      expect(await codeOf({ user: 'reader' })).toBe('store.no-rights')
      if (kind.kind === 'postgres') {
        administerPostgres(server, "CREATE DATABASE ascii OWNER trader ENCODING 'SQL_ASCII' TEMPLATE template0")
        expect(await codeOf({ database: 'ascii' })).toBe('store.encoding')
      }
      await expect(running.call('store.choose', { url, password: 'wrong' })).rejects.toMatchObject({
        code: 'store.login',
      })
      expect((await running.call('store.get', {})).chosen).toBe('sqlite:')
    })

    test('everything is copied and proved, a second copy finds it there, and a start later it is in use', async () => {
      const { summary } = await running.backtest()
      await running.call('run.annotate', { run: summary.id, note: 'kept' })
      const before = await running.call('instrument.list', {})
      const first = await copy()
      expect(first).toMatchObject({ series: before.coverage.length, runs: 1, kept: 0, different: [] })
      expect(first.bars).toBe(before.coverage.reduce((sum, { bars }) => sum + bars, 0))
      expect(await copy()).toMatchObject({ series: 0, runs: 0, different: [], kept: before.coverage.length + 1 })

      expect(await running.call('store.choose', { url, password })).toEqual({ chosen: url })
      const equity = await running.call('run.equity', { run: summary.id, maxRows: 0 })
      await running.close()
      running = await open()
      expect(await running.call('store.get', {})).toMatchObject({ inUse: url, chosen: url, hasPassword: true })
      const after = await running.call('instrument.list', {})
      const hashes = ({ coverage }: typeof before) =>
        coverage.map(({ instrument, interval, hash }) => [instrument, interval, hash])
      expect(hashes(after)).toEqual(hashes(before))
      expect((await running.call('run.get', { run: summary.id })).summary.note).toBe('kept')
      expect(await running.call('run.equity', { run: summary.id, maxRows: 0 })).toEqual(equity)
      const { job } = await running.call('run.verify', { run: summary.id })
      await running.ended(job)
      expect((await running.call('run.verification', { job })).state).toBe('identical')
    })

    test('a server that dies is told, and work goes on when it is back', async () => {
      await server.kill()
      const lost = running.call('instrument.list', {})
      await expect(lost).rejects.toMatchObject({ code: 'store.unreachable' })
      expect((await running.call('app.info', {})).sampleReady).toBe(false)
      await running.close()
      running = await open()
      await expect(running.call('instrument.list', {})).rejects.toMatchObject({ code: 'store.unreachable' })
      server = await kind.start(server)
      expect((await running.call('instrument.list', {})).coverage).not.toEqual([])
    })

    test('the password stands in no file, not even after a failure, and another passphrase does not give it', async () => {
      const holders = filesOf(home.path).filter((path) => readFileSync(path).includes(password))
      expect(holders).toEqual([])
      expect(statSync(join(home.path, 'vault.json')).mode & 0o777).toBe(0o600)
      // Half a second a try: once is enough.
      if (kind.kind === 'mysql') return
      await running.close()
      await expect(open('guessed')).rejects.toMatchObject({ code: 'vault.wrong' })
      await expect(open('')).rejects.toMatchObject({ code: 'vault.locked' })
      running = await open()
    })
  })
}
