import type { Gives } from '../contract/contract.ts'
import { resampleBars } from '../data/resample.ts'
import { type BarColumnName, type BarSeries, sliceBars } from '../domain/bar-series.ts'
import { parseInterval } from '../domain/bar-spec.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import { lowerBound, upperBound } from '../lib/columns.ts'
import { seriesHash } from '../stores/bar-blocks.ts'
import type { Revision } from '../stores/revision-store.ts'
import type { RunDataUse } from '../stores/run-records.ts'
import type { KeptStores, Sha256 } from '../stores/stores.ts'
import { undoRevision } from '../stores/undo-revision.ts'

/** More revisions of one series than anybody looks through, and how many are held at once: each may be a whole series. */
const mostRevisions = 1000
const atOnce = 8
const mostExamples = 20
const shownColumns: readonly BarColumnName[] = ['open', 'high', 'low', 'close', 'volume', 'openInterest', 'closeTime']

type Place = Pick<KeptStores, 'bars' | 'revisions'>

/** Bars as a run used them, and what had to be taken back for it: newest first; none where bars were only appended. */
export interface EarlierBars {
  readonly bars: BarSeries
  readonly undone: readonly Revision[]
}

/** The bars that a run used, proven by its hash; undefined when what is kept does not lead back to them. */
export async function earlierBars(
  { bars, revisions }: Place,
  use: RunDataUse,
  record: Pick<InstrumentRecord, 'zone'>,
  sha256: Sha256,
): Promise<EarlierBars | undefined> {
  const { instrument, interval, sourceInterval, hash } = use
  let now = await bars.read(instrument, sourceInterval, use.from, use.to)
  const undone: Revision[] = []
  for await (const revision of newestFirst(revisions, use)) {
    if (revision !== undefined) {
      now = undoRevision(now, revision)
      undone.push(revision)
    }
    const within = period(now, use)
    const asked = interval === sourceInterval ? within : resampleBars(within, parseInterval(interval), record.zone)
    if (asked.length === use.bars && seriesHash(asked, sha256) === hash) return { bars: asked, undone }
  }
  return undefined
}

/** Nothing, then the revisions of the series that a run was made of. */
async function* newestFirst(
  revisions: KeptStores['revisions'],
  { instrument, sourceInterval }: Pick<RunDataUse, 'instrument' | 'sourceInterval'>,
): AsyncGenerator<Revision | undefined> {
  yield undefined
  let before: number | null = null
  for (let told = 0; told < mostRevisions; ) {
    const part: Revision[] = await revisions.list(instrument, sourceInterval, before, atOnce)
    yield* part
    told += part.length
    before = part.at(-1)?.at ?? null
    if (part.length < atOnce) return
  }
}

function period(bars: BarSeries, { from, to }: Pick<RunDataUse, 'from' | 'to'>): BarSeries {
  const first = lowerBound(bars.time, from)
  return sliceBars(bars, first, Math.max(first, upperBound(bars.closeTime, to)))
}

type Change = Gives<'run.changes'>['data'][number]['revisions'][number]

/** A revision as far as it lies in a run's period; undefined where it does not. `now`: the bars of that period today. */
export function changeOf(
  { at, source, before, added }: Revision,
  now: BarSeries,
  use: Pick<RunDataUse, 'from' | 'to'>,
): Change | undefined {
  const was = period(before, use)
  const fresh = added.filter((time) => time >= use.from && time < use.to)
  const times = [...was.time, ...fresh]
  if (times.length === 0) return undefined
  const examples = [...was.time].flatMap((time, row) => cellsOf(was, row, now, time)).slice(0, mostExamples)
  const [from, to] = times.reduce(
    ([low, high], time) => [Math.min(low, time), Math.max(high, time)],
    [Infinity, -Infinity],
  )
  return { at, source, replaced: was.length, added: fresh.length, from: from ?? 0, to: to ?? 0, examples }
}

function cellsOf(was: BarSeries, row: number, now: BarSeries, time: number): Change['examples'] {
  const today = lowerBound(now.time, time)
  const isThere = now.time[today] === time
  return shownColumns.flatMap((column) => {
    const [old, fresh] = [was[column][row] as number, isThere ? (now[column][today] as number) : Number.NaN]
    if (Object.is(old, fresh)) return []
    return [{ time, column, was: plain(old), is: plain(fresh) }]
  })
}

function plain(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
