import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { sliceBars } from '../../../core/domain/bar-series.ts'
import type { SqliteStores } from '../../../core/node/store/sqlite-stores.ts'
import { columnsOf, minute, minuteBars, runResult, temporaryFolder } from '../../core/stores/builders.ts'
import { patience, rounds } from '../../helpers/soak.ts'
import { openHere } from './store-fixtures.ts'

const writer = new URL('./fixtures/kill-writer.ts', import.meta.url).pathname
const kills = rounds(6, 200)

/** Starts the writer at `step`, kills it after `acks` acknowledged steps and some more work; gives the last acknowledged. */
async function writeUntilKilled(home: string, step: number, acks: number): Promise<number> {
  const child = spawn(process.execPath, [writer, home, String(step)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  let heard = ''
  for await (const chunk of child.stdout) {
    heard += String(chunk)
    if (heard.split('\n').length > acks) child.kill('SIGKILL')
  }
  await ended
  return Number(heard.split('\n').at(-2))
}

/** Everything acknowledged up to `step` is there, whole; what was under way is there whole or not at all. */
async function checkAfterKill(stores: SqliteStores, acknowledged: number): Promise<number> {
  const bars = await stores.bars.read('SPX', '1m', null, null)
  expect(bars.length % 300).toBe(0)
  const steps = bars.length / 300
  expect(steps === acknowledged + 1 || steps === acknowledged + 2).toBe(true)
  const last = sliceBars(bars, bars.length - 300, bars.length)
  expect(columnsOf(last)).toEqual(columnsOf(minuteBars((steps - 1) * 300 * minute, 300)))
  const { runs } = await stores.runs.list({ search: '', limit: 10_000, offset: 0 })
  const byStep = new Map(runs.map((run) => [run.createdAt, run]))
  for (let step = 0; step <= acknowledged; step++) expect(byStep.get(step)?.state).toBe('done')
  expect(await stores.runs.columns(`run-${acknowledged}`, 'equity')).toEqual(runResult().tables.equity)
  // The run that was cut off says why.
  const open = byStep.get(acknowledged + 1)
  if (open !== undefined && open.state !== 'done') {
    expect(open).toMatchObject({ state: 'failed', error: { code: 'worker.lost', data: { run: open.id } } })
  }
  if (open !== undefined) await stores.runs.delete(open.id)
  return steps
}

test(
  `a writer killed ${kills} times loses nothing that it had acknowledged and leaves nothing half done`,
  async () => {
    const folder = temporaryFolder()
    let step = 0
    for (let kill = 0; kill < kills; kill++) {
      const acknowledged = await writeUntilKilled(folder.path, step, 1 + ((kill * 7) % 12))
      const stores = openHere(folder.path)
      expect(stores.notices).toEqual([])
      await checkAfterKill(stores, acknowledged)
      stores.close()
      step = acknowledged + 1
    }
    expect(step).toBeGreaterThan(kills)
    folder.remove()
  },
  patience(kills, 6_000),
)
