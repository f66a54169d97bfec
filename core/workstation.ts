import type { Handlers } from './contract/contract.ts'
import { DomainError } from './domain/errors.ts'
import { seriesKinds } from './domain/market-columns.ts'
import { type MetricEntry, metricEntries } from './reports/metric-catalogue.ts'
import { createRevisedBarStore } from './stores/revised-bar-store.ts'
import { createAccounts } from './workstation/accounts.ts'
import { createAlerts } from './workstation/alerts/alerts.ts'
import { analysisHandlers } from './workstation/analyses.ts'
import { archiveDaily, archiveHandlers } from './workstation/archives.ts'
import { createBacktests } from './workstation/backtests.ts'
import { backupHandlers } from './workstation/backups.ts'
import { barColumns, createBarService } from './workstation/bars.ts'
import { createBlotters } from './workstation/blotters.ts'
import { calendarHandlers, knownCalendar } from './workstation/calendars.ts'
import { explanationHandlers } from './workstation/explanations.ts'
import { exportHandlers } from './workstation/exports.ts'
import { createFutures } from './workstation/futures.ts'
import { importHandlers } from './workstation/imports.ts'
import { indicatorHandlers } from './workstation/indicators.ts'
import { createJobs } from './workstation/jobs.ts'
import { createLive } from './workstation/live/live.ts'
import { marketHandlers } from './workstation/market.ts'
import { createNotifications } from './workstation/notifications/notifications.ts'
import { optimisationViews } from './workstation/optimisation-views.ts'
import { createOptimisations } from './workstation/optimisations.ts'
import type { Ports } from './workstation/ports.ts'
import { replayHandlers } from './workstation/replays.ts'
import { reportHandlers } from './workstation/reports.ts'
import { runChangeHandlers } from './workstation/run-changes.ts'
import { runHandlers } from './workstation/runs.ts'
import { storeHandlers } from './workstation/store-choice.ts'
import { strategyHandlers } from './workstation/strategies.ts'
import { strategyLineHandlers } from './workstation/strategy-lines.ts'
import { stressHandlers } from './workstation/stress.ts'
import { createTopics, type Topics } from './workstation/topics.ts'
import { verificationHandlers } from './workstation/verification.ts'

/** The running services behind the contract: desktop, headless service and terminal all hold one of these. */
export interface Workstation {
  readonly handlers: Handlers
  readonly topics: Topics
  /** Ends what runs by itself: the blotter, with everything stored that it heard. */
  stop(): Promise<void>
}

const restartMs = 100

/** Composition: ports in, running services out. */
export function createWorkstation(given: Ports): Workstation {
  const bare = given.stores
  const stores = { ...bare, bars: createRevisedBarStore(bare.bars, bare.revisions, given.clock) }
  const ports = { ...given, stores }
  const topics = createTopics()
  const jobs = createJobs(
    ports.clock,
    () => `job-${ports.nextId()}`,
    (job) => topics.publish('job.changed', job),
  )
  const bars = createBarService(stores, ports.importer, ports.sha256)
  const backtests = createBacktests(ports, bars, jobs, topics)
  const blotters = createBlotters(ports, jobs, topics)
  const optimisations = createOptimisations(ports, bars, jobs, topics)
  const accounts = createAccounts(ports)
  const live = createLive(ports, bars, { market: blotters, accounts }, topics)
  const notifications = createNotifications(ports, topics)
  const alerts = createAlerts(ports, bars, { market: blotters, notices: notifications, topics })
  const futures = createFutures(ports, bars, topics, live.handlers)

  const archives = archiveHandlers(ports, jobs)
  const stopArchiving = archiveDaily(ports, (olderThanDays) =>
    archives['archive.run']({ olderThanDays, kinds: [...seriesKinds] }),
  )

  /** Sessions first: what the blotter still tells is then nobody's. */
  const stop = async () => {
    stopArchiving()
    futures.stop()
    await alerts.stop()
    await live.stop()
    await blotters.stop()
    await notifications.stop()
  }

  const handlers: Handlers = {
    'app.info': async () => ({
      version: ports.facts.version,
      engineBuild: ports.facts.engineBuild,
      runtime: ports.facts.runtime,
      home: ports.facts.home,
      store: ports.storeState(),
      storeBytes: await ports.storeBytes(),
      engineWorkers: ports.engine.size,
      // A server that is away must not keep the window from saying so.
      sampleReady: await stores.bars.coverage().then(
        (coverage) => coverage.some(({ instrument }) => instrument === 'SPX'),
        () => false,
      ),
      notices: ports.storeNotices.map(({ code, data }) => ({ code, data: { ...data } })),
    }),
    'app.restart': () => {
      const { restart } = ports
      if (restart === null) throw new DomainError('app.restart-by-hand')
      // The answer goes first
      ports.after(restartMs, restart)
      return {}
    },
    'vault.state': async () => ({ state: await ports.vault.state() }),
    'vault.unlock': async ({ passphrase }) => {
      await ports.vault.unlock(passphrase)
      return {}
    },
    'settings.get': async ({ key }) => ({ value: await stores.settings.get(key) }),
    'settings.set': async ({ key, value }) => {
      await stores.settings.set(key, value)
      topics.publish('settings.changed', { key })
      return {}
    },
    'instrument.list': async () => ({
      instruments: (await stores.instruments.list()).map((record) => ({ ...record })),
      coverage: await stores.bars.coverage(),
    }),
    'instrument.update': async ({ instrument }) => {
      const record = await stores.instruments.get(instrument.id)
      if (record === null) throw new DomainError('instrument.unknown', { instrument: instrument.id })
      if (instrument.calendar !== undefined) knownCalendar(instrument.calendar)
      await stores.instruments.put({ ...instrument, id: record.id })
      topics.publish('data.changed', { instrument: instrument.id })
      return {}
    },
    'instrument.delete': async ({ instrument }) => {
      if (!(await stores.instruments.delete(instrument))) throw new DomainError('instrument.unknown', { instrument })
      await stores.bars.delete(instrument, null)
      for (const kind of seriesKinds) await stores.market.delete(kind, instrument, null)
      topics.publish('data.changed', { instrument })
      return {}
    },
    'bars.read': async ({ maxBars, ...wanted }) => {
      const used = await bars.readAtMost(wanted, maxBars)
      const columns = barColumns(used.bars)
      const { interval, sourceInterval, available } = used
      const reply = { interval, sourceInterval, available, bars: used.bars.length, columns: Object.keys(columns) }
      return { reply, columns }
    },
    ...blotters.handlers,
    ...calendarHandlers(),
    ...indicatorHandlers(bars),
    ...importHandlers(ports, jobs, topics),
    ...exportHandlers(ports, bars),
    ...marketHandlers(ports, jobs, topics),
    ...storeHandlers(ports, jobs),
    ...archives,
    ...backupHandlers(ports.backups, ports.clock, jobs),
    'job.list': () => ({ jobs: jobs.list() }),
    'job.cancel': ({ job }) => {
      jobs.cancel(job)
      return {}
    },
    'job.pause': ({ job, paused }) => {
      jobs.pause(job, paused)
      return {}
    },
    ...strategyHandlers(ports.strategies, ports.compiler, ports.facts, topics),
    'backtest.start': (config) => backtests.start(config),
    ...runHandlers(stores, topics),
    ...analysisHandlers(ports, bars),
    ...reportHandlers(ports, bars),
    ...verificationHandlers(ports, bars, jobs),
    ...runChangeHandlers(ports),
    ...explanationHandlers(ports, bars),
    ...stressHandlers(ports, bars, jobs),
    ...strategyLineHandlers(ports, bars),
    ...replayHandlers(ports, bars, backtests),
    ...live.handlers,
    ...accounts.handlers,
    ...notifications.handlers,
    ...alerts.handlers,
    ...futures.handlers,
    ...optimisations.handlers,
    ...optimisationViews(ports, bars, backtests, optimisations.running),
    'metric.list': () => ({ metrics: metricEntries().map(plainEntry) }),
  }
  return { handlers, topics, stop }
}

/** The contract's types are mutable; the catalogue is not. */
function plainEntry({ title, about, edgeCases, aliases, ...entry }: MetricEntry) {
  return {
    ...entry,
    ...{ title: { ...title }, about: { ...about }, edgeCases: { ...edgeCases } },
    aliases: {
      empyrical: [...aliases.empyrical],
      quantstats: [...aliases.quantstats],
      backtrader: [...aliases.backtrader],
    },
  }
}
