import type { Gives, Handlers } from '../contract/contract.ts'
import { createBarSeries } from '../domain/bar-series.ts'
import type { RunCapsule } from '../stores/run-records.ts'
import { changeOf, earlierBars } from './earlier-bars.ts'
import type { Ports } from './ports.ts'

/** Of bars that cannot be had back the newest revisions are shown. */
const shownOfLost = 8

type DataChange = Gives<'run.changes'>['data'][number]

/** What has changed in the data of a run since it ran. */
export function runChangeHandlers(ports: Ports): Pick<Handlers, 'run.changes'> {
  return {
    'run.changes': async ({ run }) => {
      const { capsule } = await ports.stores.runs.get(run)
      return { data: await Promise.all(capsule.data.map((_, at) => dataChange(ports, capsule, at))) }
    },
  }
}

async function dataChange({ stores, sha256 }: Ports, capsule: RunCapsule, at: number): Promise<DataChange> {
  const use = capsule.data[at] as RunCapsule['data'][number]
  const record = capsule.instruments[at] as RunCapsule['instruments'][number]
  const { instrument, interval, sourceInterval } = use
  const earlier = await earlierBars(stores, use, record, sha256)
  const revisions = earlier?.undone ?? (await stores.revisions.list(instrument, sourceInterval, null, shownOfLost))
  const now = await stores.bars.read(instrument, sourceInterval, use.from, use.to).catch(() => createBarSeries(0))
  const changes = revisions.flatMap((revision) => changeOf(revision, now, use) ?? [])
  return { instrument, interval, state: await stateOf(), revisions: changes }

  async function stateOf(): Promise<DataChange['state']> {
    if (earlier === undefined) return 'lost'
    if (earlier.undone.length > 0) return 'revised'
    const all = await stores.bars.coverage()
    const held = all.find((one) => one.instrument === instrument && one.interval === sourceInterval)
    const reachesFurther = held !== undefined && (held.to > use.to || held.from < use.from)
    return reachesFurther && (capsule.config.from === null || capsule.config.to === null) ? 'appended' : 'same'
  }
}
