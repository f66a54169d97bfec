import type { Commission } from '../broker/commission.ts'
import type { Handlers } from '../contract/contract.ts'
import { zoneClock } from '../data/zone-offsets.ts'
import { parseBarSpec } from '../domain/bar-spec.ts'
import { isDomainError } from '../domain/errors.ts'
import { commissionFor } from '../engine/broker-config.ts'
import type { AnalyzedRun } from '../reports/analyzers/analyzed-run.ts'
import { analyzerCatalogue, findAnalyzer, findObserver } from '../reports/analyzers/catalogue.ts'
import type { Analysis, AnalyzerDefinition, ObserverDefinition } from '../reports/analyzers/definition.ts'
import { observerCatalogue } from '../reports/analyzers/observers.ts'
import { completeAnalyzerParams } from '../reports/analyzers/params.ts'
import { analyzedRun, type InstrumentFacts, type RunTables } from '../reports/analyzers/run-columns.ts'
import type { RunCapsule } from '../stores/run-records.ts'
import { type BarService, dataUse } from './bars.ts'
import type { Ports } from './ports.ts'

/** Price of a fund share before the first bar, unless the run says another. */
const firstShare = 100

/** What a run is asked when nothing in particular is asked. */
const figures = analyzerCatalogue
  .filter(({ perBar }) => perBar !== true)
  .map(({ id }) => ({ analyzer: id, params: {} }))

export function analysisHandlers(
  ports: Pick<Ports, 'stores' | 'sha256'>,
  bars: BarService,
): Pick<Handlers, 'analyzer.list' | 'run.analyzers' | 'run.observer'> {
  return {
    'analyzer.list': () => ({
      analyzers: analyzerCatalogue.map((analyzer) => ({ ...described(analyzer), perBar: analyzer.perBar ?? false })),
      observers: observerCatalogue.map((observer) => ({ ...described(observer), pane: observer.pane })),
    }),
    'run.analyzers': async ({ run, analyzers }) => {
      const asked = (analyzers.length > 0 ? analyzers : figures).map(({ analyzer, params }) => {
        const definition = findAnalyzer(analyzer)
        return { definition, params: completeAnalyzerParams(definition, params) }
      })
      const analyzed = await load(ports, bars, run)
      return {
        analyses: asked.map(({ definition, params }) => ({
          analyzer: definition.id,
          params: { ...params },
          analysis: wireAnalysis(definition.compute(analyzed, params)),
        })),
      }
    },
    'run.observer': async ({ run, observer, params }) => {
      const definition = findObserver(observer)
      const complete = completeAnalyzerParams(definition, params)
      const analyzed = await load(ports, bars, run)
      const lines = definition.compute(analyzed, complete)
      const { time = new Float64Array() } = (await ports.stores.runs.columns(run, 'equity')).columns
      const reply = { rows: time.length, observer: definition.id, lines: Object.keys(lines) }
      return { reply, columns: { time, ...lines } }
    },
  }
}

function described(definition: AnalyzerDefinition | ObserverDefinition) {
  const { id, title, about, formula, source, aliases, params } = definition
  return {
    ...{ id, title: { ...title }, about: { ...about }, formula, source },
    aliases: { backtrader: [...aliases.backtrader] },
    params: Object.entries(params).map(([name, param]) => ({
      ...{ name, kind: param.kind, default: param.default, min: param.min },
      ...{ choices: [...param.choices], about: { ...param.about } },
    })),
  }
}

/** Undefined numbers as null: JSON has no NaN. */
function wireAnalysis(value: Analysis): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map(wireAnalysis)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, wireAnalysis(part)]))
}

/** A stored run as the analyzers see it. */
async function load(ports: Pick<Ports, 'stores' | 'sha256'>, bars: BarService, run: string): Promise<AnalyzedRun> {
  const { runs } = ports.stores
  const { summary, capsule } = await runs.get(run)
  const names = ['equity', 'fills', 'orders', 'trades'] as const
  const [equity, fills, orders, trades] = await Promise.all(names.map((name) => runs.columns(run, name)))
  const columnsOf = (table: typeof equity) => table?.columns ?? {}
  const tables: RunTables = {
    ...{ equity: columnsOf(equity), fills: columnsOf(fills) },
    ...{ orders: columnsOf(orders), trades: columnsOf(trades) },
  }
  const { fund } = capsule.config.broker ?? {}
  const clock = zoneClock(capsule.instruments[0]?.zone ?? 'UTC')
  return analyzedRun(tables, {
    ...{ upstream: capsule.config.profile === 'backtrader', initialCash: capsule.config.cash },
    fundMode: fund !== undefined,
    fundStart: fund?.start ?? firstShare,
    warmup: summary.counts.warmup ?? 0,
    instruments: await Promise.all(capsule.config.instruments.map((_, index) => factsOf(ports, bars, capsule, index))),
    toWallClock: (utc) => utc + clock.offsetAt(utc),
  })
}

async function factsOf(
  { sha256 }: Pick<Ports, 'sha256'>,
  bars: BarService,
  { config, data, instruments }: RunCapsule,
  index: number,
): Promise<InstrumentFacts> {
  const instrument = config.instruments[index] ?? ''
  const used = await bars.read({ ...config, instrument }).catch((failure: unknown) => {
    // Deleted since: what needs no prices can still be said
    if (isDomainError(failure)) return undefined
    throw failure
  })
  const same = used !== undefined && dataUse(used, sha256).hash === data[index]?.hash
  const record = instruments[index] ?? used?.record
  const commission = record === undefined ? undefined : commissionFor(config, record)
  const paysForShorts = config.broker?.shortCash === false
  return {
    name: record?.symbol ?? instrument,
    interval: parseBarSpec(config.interval),
    bars: same ? used.bars : undefined,
    worth: (size, price, entry) =>
      commission === undefined ? Number.NaN : positionWorth(commission, paysForShorts, { size, price, entry }),
  }
}

/** As the account values it: a short stock that was paid for is worth less than zero by its entry, less its gain. */
function positionWorth(
  commission: Commission,
  paysForShorts: boolean,
  { size, price, entry }: { readonly size: number; readonly price: number; readonly entry: number },
): number {
  if (!paysForShorts || !commission.stockLike || size >= 0) return commission.value(size, price)
  return commission.value(size, entry) + commission.value(size, entry - price)
}
