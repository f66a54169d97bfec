import type { VenueReport } from '../../broker/venue/venue-messages.ts'
import { toWireError } from '../../contract/wire-error.ts'
import { type BarSeries, createBarSeries, sliceBars } from '../../domain/bar-series.ts'
import { DomainError } from '../../domain/errors.ts'
import type { MarketMessage } from '../../domain/market-message.ts'
import type { LiveEvent } from '../../engine/live/live-event.ts'
import type { LiveNews } from '../../engine/live/live-view.ts'
import { upperBound } from '../../lib/columns.ts'
import type { LedgerSession } from '../../stores/live-ledger.ts'
import type { Accounts } from '../accounts.ts'
import { refuseProblems } from '../backtests.ts'
import type { BarService } from '../bars.ts'
import { checkParams } from '../params.ts'
import type { Ports } from '../ports.ts'
import { originOf } from '../strategies.ts'
import type { Topics } from '../topics.ts'
import { createLiveFeed, type LiveFeed } from './live-feed.ts'
import { type LiveConfig, type LiveRecord, liveInput, storedBars, venuePrefix } from './live-record.ts'
import { LiveSession } from './live-session.ts'
import { type LiveSessionView, type Mark, recordedView, runningView } from './live-views.ts'
import { restoredEvents } from './restored-events.ts'
import type { AccountConfig } from './venue-port.ts'

/** What live sessions need of the blotter. */
export interface MarketFeed {
  listen(listener: (message: MarketMessage) => void): () => void
  /** Begins to collect; nothing when it does already. */
  start(): Promise<void>
  /** What is collected of an instrument; null when it is not. */
  wishOf(
    instrument: string,
  ): Promise<{ readonly intervals: readonly string[]; readonly kinds: readonly string[] } | null>
}

interface Running {
  readonly session: LiveSession
  readonly feed: LiveFeed
  isDirty: boolean
}

const publishMs = 50
/** A price that moves tells of itself less often than an order that is filled. */
const markMs = 250

export interface LiveSessions {
  start(config: LiveConfig): Promise<string>
  /** Goes on with every session that was running when the service ended. */
  revive(): Promise<void>
  /** Throws `live.unknown`, `live.ended`. */
  running(session: string): Promise<LiveSession>
  readonly all: readonly LiveSession[]
  /** The last price of each instrument. */
  readonly marks: ReadonlyMap<string, Mark>
  list(): Promise<LiveSessionView[]>
  get(session: string): Promise<LiveSessionView>
  /** Lets go of every session; the next start goes on with them. */
  stop(): Promise<void>
}

/** The sessions of this service. */
export function createLiveSessions(
  ports: Ports,
  bars: BarService,
  { market, accounts }: { readonly market: MarketFeed; readonly accounts: Accounts },
  topics: Topics,
): LiveSessions {
  const { live, clock } = ports
  const { ledger } = live
  const running = new Map<string, Running>()
  const restoring = new Set<string>()
  const marks = new Map<string, Mark>()
  let markedAt = 0
  const nothing = () => undefined
  const stopListening = live.isHost ? market.listen((message) => hear(message)) : nothing
  const stopClock = live.isHost ? ports.every(publishMs, () => passTime()) : nothing

  const hear = (message: MarketMessage) => {
    const now = clock.now()
    if (message.kind === 'tick') mark(message.instrument, { price: message.price, time: message.time }, now)
    for (const { session, feed } of running.values()) {
      if (!session.record.instruments.some(({ id }) => id === message.instrument)) continue
      session.heardAt = now
      feed.take(message, now)
    }
  }
  const mark = (instrument: string, heard: Mark, now: number) => {
    marks.set(instrument, heard)
    if (now - markedAt < markMs) return
    markedAt = now
    for (const each of running.values()) {
      if (each.session.state.positions.some((position) => position.instrument === instrument)) each.isDirty = true
    }
  }
  const passTime = () => {
    const now = clock.now()
    for (const each of running.values()) {
      each.feed.passTime(now)
      if (!each.isDirty) continue
      each.isDirty = false
      topics.publish('live.changed', runningView(each.session, marks))
    }
  }
  const tell = (session: string, { orders, fills, log }: LiveNews) => {
    for (const order of orders) topics.publish('live.ordered', { ...order, session })
    for (const fill of fills) topics.publish('live.filled', { ...fill, session })
    for (const { time, kind, text } of log)
      topics.publish('live.logged', { session, time: Number.isFinite(time) ? time : null, kind, text })
  }

  /** Opens the engine of a recorded session, applies what its journal has, and lets it go on. */
  const open = async (stored: LedgerSession): Promise<LiveSession> => {
    const record = stored.record as LiveRecord
    const venue = await openVenue(record, (report) => running.get(stored.id)?.session.report(report))
    const engine = await live.open({ bundle: record.bundle, input: liveInput(record) })
    try {
      const { lastClose, missing, seq } = await restoredEvents(ledger, stored.id, engine, record)
      const { id, createdAt } = stored
      const session: LiveSession = new LiveSession({
        ...{ id, createdAt, record, engine, ledger, seq, venue },
        now: () => clock.now(),
        state: await engine.state(),
        listener: {
          news: (news) => tell(id, news),
          changed: () => {
            const each = running.get(id)
            if (each !== undefined) each.isDirty = true
            if (session.isOver) over(session)
          },
        },
      })
      const push = (event: LiveEvent) => void session.push(event).catch(() => undefined)
      const options = { hears: engine.hears, after: lastClose, now: clock.now(), push }
      const feed = createLiveFeed(record, options)
      running.set(id, { session, feed, isDirty: true })
      await session.takeUp(missing)
      await catchUp(session, feed, lastClose)
      return session
    } catch (failure) {
      await venue?.close()
      await engine.close()
      throw failure
    }
  }
  const openVenue = async ({ config, instruments }: LiveRecord, report: (report: VenueReport) => void) =>
    config.account === undefined
      ? null
      : live.venues.open({ account: await accounts.find(config.account), instruments, report })
  const over = (session: LiveSession) => {
    running.delete(session.id)
    topics.publish('live.changed', runningView(session, marks))
  }
  /** What the store has got since the last bar, from a backfill or another blotter. */
  const catchUp = async (session: LiveSession, feed: LiveFeed, lastClose: number) => {
    const { instruments, config } = session.record
    const read = ({ id }: { readonly id: string }) =>
      bars.read({ instrument: id, interval: config.interval, from: null, to: null }).then(({ bars: found }) => {
        return sliceBars(found, upperBound(found.closeTime, lastClose), found.length)
      })
    const now = clock.now()
    const series = await Promise.all(instruments.map(read)).catch(() => [])
    const closed = series.map((each) => sliceBars(each, 0, upperBound(each.closeTime, now)))
    const taken = feed.catchUp(closed, now)
    if (taken > 0) await session.note(`${taken} bars of the time in between were taken from the store.`)
  }

  const historyOf = async (config: LiveConfig) => {
    const now = clock.now()
    return Promise.all(
      config.instruments.map(async (instrument) => {
        const record = await ports.stores.instruments.get(instrument)
        if (record === null) throw new DomainError('instrument.unknown', { instrument })
        const found = await bars
          .read({ instrument, interval: config.interval, from: null, to: null })
          .then((used) => used.bars)
          .catch(() => null)
        return { record, bars: lastBars(found, now, config.warmupBars) }
      }),
    )
  }

  return {
    async start(config) {
      await refuseWithoutFeed(market, config)
      if (config.account !== undefined) await refuseWithoutVenue(config, await accounts.find(config.account))
      // A blotter that starts also describes the instruments that are not stored yet
      await market.start()
      const origin = await originOf(ports.strategies, config.strategy)
      const [checked, history] = await Promise.all([ports.compiler.check(origin), historyOf(config)])
      refuseProblems(checked)
      const lastClose = Math.max(...history.map(({ bars: known }) => known?.closeTime[known.length - 1] ?? 0))
      const session = `live-${ports.nextId()}`
      const record: LiveRecord = {
        version: 1,
        config: { ...config, params: checkParams(checked.params, config.params) },
        bundle: checked.bundle,
        instruments: history.map(({ record: each }) => each),
        history: history.map(({ bars: known }) => storedBars(known ?? createBarSeries(0))),
        leadIn: lastClose > 0 ? lastClose : clock.now(),
        engineBuild: ports.facts.engineBuild,
        ...(config.account === undefined ? {} : { venue: { prefix: venuePrefix(session) } }),
      }
      const stored = { id: session, createdAt: clock.now(), record, endedAt: null, error: null }
      // Opened once before it is on record: a strategy that cannot start is no session
      const trial = await live.open({ bundle: record.bundle, input: liveInput(record) })
      await trial.close()
      await ledger.create({ ...stored, state: 'running' })
      await open({ ...stored, state: 'running' })
      return session
    },
    async revive() {
      const known = (await ledger.sessions()).filter(({ state }) => state === 'running').reverse()
      for (const { id } of known) restoring.add(id)
      // A market that cannot be heard now is no reason to forget the orders
      if (known.length > 0) await market.start().catch(() => undefined)
      for (const stored of known) {
        try {
          await open(stored)
        } catch (failure) {
          const error = toWireError(failure)
          await ledger.end(stored.id, { state: 'failed', endedAt: clock.now(), error }).catch(() => undefined)
        }
        restoring.delete(stored.id)
      }
    },
    async running(session) {
      const found = running.get(session)
      if (found !== undefined) return found.session
      await ledger.session(session)
      throw new DomainError('live.ended', { session })
    },
    marks,
    get all() {
      return [...running.values()].map(({ session }) => session)
    },
    async list() {
      const stored = await ledger.sessions()
      return Promise.all(stored.map((each) => viewOf(each)))
    },
    get: async (session) => viewOf(await ledger.session(session)),
    async stop() {
      stopListening()
      stopClock()
      await Promise.all([...running.values()].map(({ session }) => session.detach()))
      running.clear()
    },
  }

  /** Orders at a venue are watched with every print; and its keys must do. */
  async function refuseWithoutVenue({ fillPolicy }: LiveConfig, account: AccountConfig): Promise<void> {
    if (fillPolicy !== 'tick') throw new DomainError('live.by-bars', { account: account.id })
    await live.venues.look(account)
  }

  async function viewOf(stored: LedgerSession): Promise<LiveSessionView> {
    const found = running.get(stored.id)
    if (found !== undefined) return runningView(found.session, marks)
    const view = recordedView(stored, await ledger.lastSeq(stored.id))
    return restoring.has(stored.id) ? { ...view, state: 'restoring' } : view
  }
}

/** The last bars that had closed by `now`. */
function lastBars(bars: BarSeries | null, now: number, count: number): BarSeries | null {
  if (bars === null) return null
  const end = upperBound(bars.closeTime, now)
  return sliceBars(bars, Math.max(0, end - count), end)
}

async function refuseWithoutFeed(market: MarketFeed, config: LiveConfig): Promise<void> {
  for (const instrument of config.instruments) {
    const wish = await market.wishOf(instrument)
    const byTick = config.fillPolicy === 'tick'
    const isFed = wish !== null && (byTick ? wish.kinds.includes('tick') : wish.intervals.includes(config.interval))
    if (isFed) continue
    const wanted = byTick ? 'tick' : config.interval
    throw new DomainError('live.no-feed', { instrument, wanted, collected: wish?.intervals.join(', ') ?? '' })
  }
}
