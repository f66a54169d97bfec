import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../../core/node/store/store-client.ts'
import { temporaryFolder } from '../../core/stores/builders.ts'
import { workerUrl } from './store-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const writer = new URL('./fixtures/kill-writer.ts', import.meta.url).pathname

test('a second service on the folder is refused with the pid of the first, even in one process', async () => {
  const first = await openStore({ home: folder.path, workerUrl })
  const second = openStore({ home: folder.path, workerUrl })
  await expect(second).rejects.toMatchObject({ code: 'service.running', data: { pid: process.pid } })
  // The refused one took nothing with it.
  const third = openStore({ home: folder.path, workerUrl })
  await expect(third).rejects.toMatchObject({ code: 'service.running' })
  await first.close()
  await (await openStore({ home: folder.path, workerUrl })).close()
})

test('a service in another process is named by pid; when it is killed the folder is free at once', async () => {
  const other = spawn(process.execPath, [writer, folder.path, '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')
  await expect(openStore({ home: folder.path, workerUrl })).rejects.toMatchObject({
    code: 'service.running',
    data: { pid: other.pid },
  })
  other.kill('SIGKILL')
  await once(other, 'exit')
  await (await openStore({ home: folder.path, workerUrl })).close()
})

test('a terminal reads and writes beside a running service', async () => {
  const service = await openStore({ home: folder.path, workerUrl })
  const guest = await openStore({ home: folder.path, workerUrl, role: 'guest' })
  await Promise.all([
    ...Array.from({ length: 20 }, (_, index) => service.settings.set(`s${index}`, index)),
    ...Array.from({ length: 20 }, (_, index) => guest.settings.set(`g${index}`, index)),
  ])
  expect(await service.settings.get('g19')).toBe(19)
  expect(await guest.settings.get('s19')).toBe(19)
  await guest.close()
  await service.settings.set('after', true)
  await service.close()
})
