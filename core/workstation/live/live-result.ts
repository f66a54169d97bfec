import { fromWireError } from '../../contract/wire-error.ts'
import { GrowingBars } from '../../data/growing-bars.ts'
import { DomainError } from '../../domain/errors.ts'
import type { LiveBar } from '../../engine/live/live-event.ts'
import type { LiveLedger } from '../../stores/live-ledger.ts'
import type { RunConfig } from '../../stores/run-records.ts'
import { openCapsule, runResult } from '../backtests.ts'
import type { BarsUsed } from '../bars.ts'
import type { KernelResult, Ports } from '../ports.ts'
import type { Topics } from '../topics.ts'
import { barsFrom, eventFrom, type LiveRecord, liveInput } from './live-record.ts'
import { inputKinds } from './restored-events.ts'

const readRows = 5_000

/** What a session has come to, as a backtest leaves it. */
export interface LiveResult {
  readonly record: LiveRecord
  readonly result: KernelResult
  /** Number of the last entry of its journal that is in it. */
  readonly entries: number
  /** The bars before it and those that it has heard, by instrument. */
  readonly used: readonly BarsUsed[]
}

/**
 * Applies a session's journal to a fresh engine, up to an entry or its end, and takes the result. The session itself is
 * not touched. The same entries give the same result, to the byte. Throws `live.unknown`, and what the strategy threw.
 */
export async function liveResult({ live }: Ports, session: string, upTo: number | null): Promise<LiveResult> {
  const { ledger } = live
  const record = (await ledger.session(session)).record as LiveRecord
  const series = record.instruments.map((_, index) => {
    return new GrowingBars(barsFrom(record.history[index] as LiveRecord['history'][number]))
  })
  const engine = await live.open({ bundle: record.bundle, input: liveInput(record) })
  try {
    let entries = 0
    for await (const { events, last } of eventsOf(ledger, session, upTo)) {
      for (const event of events) if (event.kind === 'bars') addBars(series, event.bars)
      const failure = events.length > 0 ? (await engine.apply(events)).failure : null
      // What a strategy has come to before it failed is a result, too
      if (failure !== null && failure.code !== 'strategy.exception') throw fromWireError(failure)
      entries = last
    }
    const used = record.instruments.map((each, index): BarsUsed => {
      const { interval } = record.config
      return { record: each, bars: (series[index] as GrowingBars).series(), interval, sourceInterval: interval }
    })
    return { record, entries, used, result: await engine.result() }
  } finally {
    await engine.close()
  }
}

/** The events of a journal in pieces, each with the number of the last entry that it comes from. */
async function* eventsOf(ledger: LiveLedger, session: string, upTo: number | null) {
  for (let last = 0; ; ) {
    const read = await ledger.read(session, last, readRows, null)
    const wanted = read.filter(({ seq }) => upTo === null || seq <= upTo)
    const end = wanted.at(-1)
    if (end === undefined) return
    last = end.seq
    yield { last, events: wanted.filter(({ kind }) => inputKinds.includes(kind)).map(({ data }) => eventFrom(data)) }
  }
}

function addBars(series: readonly GrowingBars[], bars: readonly LiveBar[]): void {
  for (const { instrument, bar } of bars) series[instrument]?.add(bar)
}

/** Keeps what a session has come to as a run: report, tables, metrics and comparison work on it. Its id. */
export async function saveSession(
  ports: Ports,
  topics: Topics,
  { session, note }: { readonly session: string; readonly note: string },
): Promise<string> {
  const startedAt = ports.clock.now()
  const { record, result, entries, used } = await liveResult(ports, session, null)
  if (result.equity.equity.length === 0 && result.orders.rows === 0)
    throw new DomainError('live.too-early', { session })
  const config = runConfigOf(record)
  const capsule = { ...openCapsule(ports, config, record.bundle, used), live: { session, entries } }
  const run = `run-${ports.nextId()}`
  await ports.stores.runs.create({ id: run, createdAt: startedAt, strategyName: record.bundle.entry, config, capsule })
  const name = record.config.name === '' ? session : record.config.name
  await ports.stores.runs.annotate(run, note === '' ? `live · ${record.config.account ?? 'paper'} · ${name}` : note)
  await ports.stores.runs.finish(run, runResult(result, capsule, ports.clock.now() - startedAt))
  topics.publish('run.changed', { run, state: 'done' })
  return run
}

/** A session's settings in the words of a run. */
function runConfigOf({ config, leadIn }: LiveRecord): RunConfig {
  const { limits: _, warmupBars: __, name: ___, account: ____, ...shared } = config
  return { ...shared, from: leadIn, to: null, profile: 'default' }
}
