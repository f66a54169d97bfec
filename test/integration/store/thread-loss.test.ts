import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type StoreClient, type StoreState } from '../../../core/node/store/store-client.ts'
import { newRun, temporaryFolder } from '../../core/stores/builders.ts'

const workerUrl = new URL('./fixtures/mortal-worker.ts', import.meta.url)

let folder: ReturnType<typeof temporaryFolder>
let store: StoreClient
let states: StoreState[]
beforeEach(async () => {
  folder = temporaryFolder()
  store = await openStore({ home: folder.path, workerUrl })
  states = []
  store.onState(({ state }) => states.push(state))
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

const untilState = (wanted: StoreState) =>
  new Promise<void>((resolve) => {
    if (store.state === wanted) return resolve()
    const stop = store.onState(({ state }) => {
      if (state !== wanted) return
      stop()
      resolve()
    })
  })

for (const death of ['die', 'throw', 'die-writing']) {
  test(`after the thread is lost (${death}) pending calls say so, and a new one goes on with what was committed`, async () => {
    await store.settings.set('theme', 'dark')
    await store.runs.create(newRun('run-1'))
    const pending = [store.settings.get(death), store.settings.get('theme')]
    const outcomes = await Promise.allSettled(pending)
    expect(outcomes.map((one) => one.status === 'rejected' && one.reason.code)).toEqual(['worker.lost', 'worker.lost'])
    // A call made while the new thread starts is answered, not refused.
    expect(await store.settings.get('theme')).toBe('dark')
    expect(states).toEqual(['recovering', 'ready'])
    await store.settings.set('theme', 'light')
    expect(await store.settings.get('half')).toBeNull()
    // The process that runs it is alive: only the store's thread was lost.
    expect((await store.runs.get('run-1')).summary.state).toBe('running')
  })
}

test('a thread that is lost again and again is replaced each time it had worked in between', async () => {
  for (let round = 0; round < 3; round++) {
    await store.settings.set('round', round)
    await expect(store.settings.get('die')).rejects.toMatchObject({ code: 'worker.lost' })
    expect(await store.settings.get('round')).toBe(round)
  }
  expect(store.state).toBe('ready')
})

test('a thread that cannot start again is failed: calls are refused at once, and closing still works', async () => {
  writeFileSync(join(folder.path, 'die-on-start'), '')
  await expect(store.settings.get('die')).rejects.toMatchObject({ code: 'worker.lost' })
  await untilState('failed')
  expect(states).toEqual(['recovering', 'failed'])
  await expect(store.settings.get('theme')).rejects.toMatchObject({ code: 'store.unavailable' })
  await store.close()
  rmSync(join(folder.path, 'die-on-start'))
  store = await openStore({ home: folder.path, workerUrl })
  expect(store.state).toBe('ready')
})

test('a call made in the very moment in which a loss is heard is answered', async () => {
  const answered = store.settings.get('die').catch(() => store.settings.get('theme'))
  expect(await answered).toBeNull()
})

test('closing twice at once waits for the one end and then gives the folder free', async () => {
  await Promise.all([store.settings.set('last', 1), store.close(), store.close()])
  store = await openStore({ home: folder.path, workerUrl })
  expect(await store.settings.get('last')).toBe(1)
})

test('a closed client refuses calls and may be closed again', async () => {
  await store.close()
  await expect(store.settings.get('theme')).rejects.toMatchObject({
    code: 'store.unavailable',
    data: { reason: 'closed' },
  })
  await store.close()
})
