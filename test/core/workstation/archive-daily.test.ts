import { expect, test } from 'vitest'
import { sha256 } from '../../../core/node/store/packed-columns.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import type { ArchivePlace } from '../../../core/workstation/archive-place.ts'
import { archiveDaily, archiveHandlers } from '../../../core/workstation/archives.ts'

const dayMs = 86_400_000

/** A service of the folder (or a terminal beside it) whose clock the test moves. */
function aService({ isHost = true } = {}) {
  let now = 100 * dayMs
  let look = (): void => undefined
  const ran: number[] = []
  const clock = { now: () => now }
  const stores = createMemoryStores({ clock, sha256 })
  const ports = { stores, clock, archive: {} as ArchivePlace, storeBytes: async () => 0, live: { isHost } }
  const jobs = {} as Parameters<typeof archiveHandlers>[1]
  const { 'archive.daily': daily } = archiveHandlers(ports, jobs)
  const every = (_: number, call: () => void) => {
    look = call
    return () => undefined
  }
  archiveDaily({ ...ports, every }, (days) => ran.push(days))
  const settle = () => new Promise((done) => setTimeout(done, 5))
  return {
    ran,
    daily,
    async later(days: number) {
      now += days * dayMs
      look()
      await settle()
    },
  }
}

test('what the user wants is archived once a day, and a day that was missed is made up', async () => {
  const { ran, daily, later } = aService()
  await later(0)
  expect(ran).toEqual([])
  await daily({ olderThanDays: 90 })
  for (const days of [0, 0.01, 0.02]) await later(days)
  expect(ran).toEqual([90])
  await later(3)
  expect(ran).toEqual([90, 90])
  await daily({ olderThanDays: null })
  await later(1)
  expect(ran).toEqual([90, 90])
})

test('a terminal beside the service leaves it to the service', async () => {
  const { ran, daily, later } = aService({ isHost: false })
  await daily({ olderThanDays: 90 })
  await later(1)
  expect(ran).toEqual([])
})
