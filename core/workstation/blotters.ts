import { Blotter, type BlotterPorts } from '../blotter/blotter.ts'
import { defaultCleaning } from '../blotter/cleaning-rules.ts'
import { dayCoverage, findGaps } from '../blotter/gap-map.ts'
import type { InstrumentWish } from '../blotter/instrument-feed.ts'
import type { MarketSource } from '../blotter/market-source.ts'
import type { Wire } from '../blotter/wire/wire-port.ts'
import { blotterConfigSchema } from '../contract/blotter-schemas.ts'
import type { Gives, Handlers } from '../contract/contract.ts'
import { toWireError } from '../contract/wire-error.ts'
import { dayMs, isoText } from '../data/civil.ts'
import { calendarOf } from '../data/named-calendars.ts'
import { zoneClock } from '../data/zone-offsets.ts'
import { barSpecMs, parseBarSpec, parseInterval } from '../domain/bar-spec.ts'
import { DomainError, isDomainError } from '../domain/errors.ts'
import type { InstrumentId } from '../domain/ids.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { MarketMessage } from '../domain/market-message.ts'
import { createEmitter } from '../lib/emitter.ts'
import { createBackfills, missedTasks, quietBars } from './backfills.ts'
import { blotterReadings } from './blotter-readings.ts'
import { barLine, blotterStatus } from './blotter-views.ts'
import type { Jobs } from './jobs.ts'
import type { Ports } from './ports.ts'
import type { Topics } from './topics.ts'

export type BlotterConfig = Gives<'blotter.config'>['config']
type Trouble = Gives<'blotter.status'>['status']['troubles'][number]
export type BlotterHandlers = Pick<Handlers, Extract<keyof Handlers, `blotter.${string}`>>

/** The key under which the configuration is kept. */
const settingKey = 'blotter'
/** The key under which a running blotter notes what it is doing. */
const statusKey = 'blotter.status'
const noteMs = 2_000
const keptTroubles = 100
const announceMs = 500
const hourMs = 3_600_000
/** A simulated market that is ready to be started: something to see before there is a venue. */
const firstConfig: BlotterConfig = {
  graceMs: 500,
  sources: [{ kind: 'simulated', name: 'simulation', seed: 1, printsPerSecond: 5, speed: 1 }],
  instruments: ['SIM-LIVE-A', 'SIM-LIVE-B'].map((instrument) => ({
    ...{ instrument, source: 'simulation', symbol: instrument, kinds: ['tick', 'quote', 'book'], intervals: ['1m'] },
    ...{ record: ['bar', 'tick'], retentionDays: 7, backfillDays: 0 },
  })),
}

/** Where and when an instrument trades. */
type TradingPlace = Pick<InstrumentRecord, 'zone' | 'calendar'>

interface Running {
  readonly blotter: Blotter
  readonly config: BlotterConfig
  readonly startedAt: number
  readonly wire: Wire | null
  readonly stopTimers: () => void
}

/** The one blotter of a workstation: its configuration, its life, and what the contract tells of it. */
export function createBlotters(ports: Ports, jobs: Jobs, topics: Topics) {
  const { stores, clock } = ports
  const troubles: Trouble[] = []
  const told = createEmitter<MarketMessage>()
  let running: Running | null = null
  /** Starts and stops one after the other. */
  let turn: Promise<void> = Promise.resolve()
  const backfills = createBackfills(ports, jobs, topics)

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }
  const trouble = (source: string, instrument: string | null, error: unknown) => {
    const wire = toWireError(error)
    troubles.push({ at: clock.now(), source, instrument, error: wire })
    topics.publish('blotter.troubled', { source, instrument, code: wire.code, text: JSON.stringify(wire.data) })
    if (troubles.length > keptTroubles) troubles.shift()
  }
  const readConfig = async (): Promise<BlotterConfig> => {
    const stored = blotterConfigSchema.safeParse(await stores.settings.get(settingKey))
    return stored.success ? stored.data : firstConfig
  }

  async function start(): Promise<void> {
    if (running !== null) return
    const config = await readConfig()
    if (config.instruments.length === 0) throw new DomainError('blotter.empty')
    const sources = await Promise.all(config.sources.map((source) => ports.openSource(source)))
    const zones = await zonesOf(config, sources)
    const wire = config.publish === undefined ? null : await ports.openWire(config.publish)
    const blotter = new Blotter(blotterPorts(config, zones, sources))
    if (wire !== null) blotter.listen((message) => wire.send(message))
    blotter.listen((message) => told.emit(message))
    blotter.start(sources, config.instruments.filter(({ instrument }) => zones.has(instrument)).map(wishOf))
    blotter.listen((message) => {
      if (message.kind === 'bar' && message.closed) topics.publish('market.bar', barLine(message))
    })
    const announce = ports.every(announceMs, () =>
      topics.publish('blotter.changed', { running: true, at: clock.now() }),
    )
    const note = ports.every(noteMs, () => void noteStatus())
    const retain = ports.every(hourMs, () => void blotter.retain().catch((error) => trouble('store', null, error)))
    running = {
      ...{ blotter, config, wire, startedAt: clock.now() },
      stopTimers: () => {
        announce()
        note()
        retain()
      },
    }
    topics.publish('blotter.changed', { running: true, at: clock.now() })
  }

  async function stop(): Promise<void> {
    if (running === null) return
    const { blotter, stopTimers, wire } = running
    running = null
    stopTimers()
    backfills.cancelAll()
    await blotter.stop()
    await wire?.close()
    await noteStatus()
    topics.publish('blotter.changed', { running: false, at: clock.now() })
    topics.publish('data.changed', { instrument: null })
  }

  /** Where another process reads what this one is doing (`tickwright blotter status`). */
  async function noteStatus(): Promise<void> {
    const status = blotterStatus(running, troubles, clock.now())
    await stores.settings.set(statusKey, JSON.parse(JSON.stringify(status))).catch(() => undefined)
  }

  /** Where each instrument that can be collected trades. */
  async function zonesOf(config: BlotterConfig, sources: readonly MarketSource[]): Promise<Map<string, TradingPlace>> {
    const zones = new Map<string, TradingPlace>()
    for (const wanted of config.instruments) {
      try {
        zones.set(wanted.instrument, await placeOf(wanted, sources))
      } catch (error) {
        trouble(wanted.source, wanted.instrument, error)
        // A venue that is away now will be back, and another blotter knows an instrument with its first message: what
        // they tell is collected, and described with the next start
        const comesLater = config.sources.some(({ name, kind }) => name === wanted.source && kind === 'blotter')
        if (isDomainError(error) && (comesLater || error.code === 'venue.unreachable'))
          zones.set(wanted.instrument, { zone: 'UTC' })
      }
    }
    return zones
  }

  /** Where an instrument trades; a description that is not stored yet is asked of its source, and stored. */
  async function placeOf(
    { instrument, source, symbol }: BlotterConfig['instruments'][number],
    sources: readonly MarketSource[],
  ): Promise<TradingPlace> {
    const stored = await stores.instruments.get(instrument)
    if (stored !== null) return stored
    const found = (await sources.find(({ name }) => name === source)?.find(symbol, 50)) ?? []
    // Interactive Brokers' symbols have parts that may be left out: AAPL is AAPL,STK,SMART,USD
    const record = found.find((each) => each.symbol === symbol || each.symbol.startsWith(`${symbol},`))
    if (record === undefined) throw new DomainError('instrument.unknown', { instrument })
    await stores.instruments.put({ ...record, id: instrument as InstrumentId })
    topics.publish('data.changed', { instrument })
    return record
  }

  function blotterPorts(
    config: BlotterConfig,
    zones: ReadonlyMap<string, TradingPlace>,
    sources: readonly MarketSource[],
  ): BlotterPorts {
    return {
      stores,
      trouble,
      now: () => clock.now(),
      every: ports.every,
      rulesOf: ({ instrument }) => ({
        limits: defaultCleaning,
        zone: zones.get(instrument.id)?.zone ?? 'UTC',
        calendar: calendarOf(zones.get(instrument.id)?.calendar),
        graceMs: config.graceMs,
      }),
      missed(wish, since, until) {
        const source = sources.find(({ name }) => name === wish.source)
        const days = config.instruments.find(({ instrument }) => instrument === wish.instrument.id)?.backfillDays ?? 0
        // `days` is for the time before a start; what a lost connection left out is fetched however long it was
        const from = Number.isFinite(since) ? since : until - days * dayMs
        if (source?.history === null || source === undefined || from >= until) return
        for (const task of missedTasks(source, wish, { from, to: until })) {
          backfills.later(task, (error) => trouble(wish.source, wish.instrument.id, error))
        }
      },
    }
  }

  const gaps: BlotterHandlers['blotter.gaps'] = async ({ instrument, interval, from, to, leastBars }) => {
    const record = await stores.instruments.get(instrument)
    if (record === null) throw new DomainError('instrument.unknown', { instrument })
    const intervalMs = barSpecMs(parseBarSpec(interval))
    const bars = await stores.bars.read(instrument, interval, from, to)
    const sessions = calendarOf(record.calendar) ?? { zone: zoneClock(record.zone) }
    const period = { from, to: Math.min(to, clock.now()) }
    return {
      days: dayCoverage(bars, intervalMs, sessions, period).map((day) => ({
        ...day,
        day: isoText(day.day * dayMs).slice(0, 10),
      })),
      gaps: findGaps(bars, { intervalMs, leastMs: leastBars * intervalMs }, sessions, period).map((gap) => ({
        ...gap,
      })),
    }
  }

  const backfill: BlotterHandlers['blotter.backfill'] = async ({ instrument, interval, from, to, ticks }) => {
    const config = await readConfig()
    const wish = config.instruments.find((each) => each.instrument === instrument)
    if (wish === undefined) throw new DomainError('instrument.unknown', { instrument })
    const source = running?.blotter.source(wish.source) ?? (await openIdle(wish.source))
    if (source.history === null) throw new DomainError('blotter.no-history', { source: wish.source })
    const period = { from, to: Math.min(to, clock.now()) }
    const task = { source, instrument: wishOf(wish).instrument, interval, ...period, ticks, leastBars: quietBars }
    return { job: backfills.start(task, (error) => trouble(wish.source, instrument, error)) }
  }

  const handlers: BlotterHandlers = {
    'blotter.config': async () => ({ config: await readConfig() }),
    'blotter.configure': async ({ config }) => {
      for (const { intervals } of config.instruments) for (const interval of intervals) parseInterval(interval)
      // Through JSON: an option that was left out is not stored as one
      await stores.settings.set(settingKey, JSON.parse(JSON.stringify(config)))
      topics.publish('settings.changed', { key: settingKey })
      await inTurn(async () => {
        if (running === null) return
        await stop()
        await start()
      })
      return {}
    },
    'blotter.start': async () => {
      await inTurn(start)
      return {}
    },
    'blotter.stop': async () => {
      await inTurn(stop)
      return {}
    },
    ...blotterReadings({ clock, running: () => running, troubles }),
    'blotter.find': async ({ source: name, text, limit }) => {
      const live = running?.blotter.source(name)
      const found = await (live ?? (await openIdle(name))).find(text, limit)
      return { instruments: found.map((record) => ({ ...record })) }
    },
    'blotter.key': async () => ({ publicKey: await ports.wireKey() }),
    'blotter.gaps': gaps,
    'blotter.backfill': backfill,
  }

  /** A source that is configured but does not run, to be asked something. */
  async function openIdle(name: string): Promise<MarketSource> {
    const config = (await readConfig()).sources.find((source) => source.name === name)
    if (config === undefined) throw new DomainError('source.unknown', { source: name })
    return ports.openSource(config)
  }

  return {
    handlers,
    stop: () => inTurn(stop),
    isRunning: () => running !== null,
    start: () => inTurn(start),
    /** Hears every clean message, whichever blotter runs. */
    listen: (listener: (message: MarketMessage) => void) => told.subscribe(listener),
    async wishOf(instrument: string) {
      return (await readConfig()).instruments.find((each) => each.instrument === instrument) ?? null
    },
  }
}

function wishOf(config: BlotterConfig['instruments'][number]): InstrumentWish {
  const { instrument, symbol, source, kinds, intervals, record, retentionDays } = config
  return { instrument: { id: instrument as InstrumentId, symbol }, source, kinds, intervals, record, retentionDays }
}
