import type { BarSeries } from '../../domain/bar-series.ts'
import { sliceBars } from '../../domain/bar-series.ts'
import { LineCache } from '../../indicators/line-cache.ts'
import { lowerBound } from '../../lib/columns.ts'
import { headlineMetrics } from '../../reports/metrics.ts'
import type { TradeColumns } from '../../reports/trade-facts.ts'
import { feesPaid } from '../contract-tables.ts'
import type { ParamValue } from '../params.ts'
import type { RunConfig, RunInstrument, RunProgress } from '../run-config.ts'
import { collectResult, type RunResult } from '../run-result.ts'
import { Session } from '../session.ts'
import type { Strategy } from '../strategy.ts'
import {
  detailMetrics,
  furtherMetrics,
  momentsOf,
  numbers,
  type TrialDetail,
  trialDetail,
  trialFacts,
} from './trial-result.ts'

/** What all trials of an optimisation have in common. */
export type TrialSetup = Omit<RunConfig, 'params' | 'progress' | 'lineCaches'>

/** One run of a search. */
export interface TrialTask {
  readonly params: Readonly<Record<string, ParamValue>>
  /** Bars with open time in [from, to); null: as far as the setup's bars reach. */
  readonly from: number | null
  readonly to: number | null
  /** True: as many bars before `from` as the strategy's lines need, so that it decides from the first bar on. */
  readonly warm: boolean
  /** True: the answer also holds the curve. */
  readonly detail: boolean
}

/** What is kept of a trial: figures by name, NaN where undefined. */
export interface TrialResult {
  readonly values: Readonly<Record<string, number>>
  readonly detail: TrialDetail | undefined
}

/** What a bench is asked for beside the headlines, and what it may use. */
export interface TrialOptions {
  readonly metrics: readonly string[]
  readonly cacheBytes: number
}

/** Runs trials one after the other over the same bars, sharing the columns of their indicators. */
export class TrialBench {
  readonly #setup: TrialSetup
  readonly #cacheBytes: number
  readonly #more: readonly string[]
  #range = ''
  #instruments: readonly RunInstrument[] = []
  #caches: readonly LineCache[] = []
  /** Orders, fills and trades of a trial end with it: the next one takes their memory. */
  readonly #scratch: ArrayBuffer[] = []

  /** `metrics`: ids wanted beside the headlines. `cacheBytes`: what the columns of indicators may take. */
  constructor(setup: TrialSetup, { metrics, cacheBytes }: TrialOptions) {
    this.#setup = setup
    this.#cacheBytes = cacheBytes
    const facts: readonly string[] = trialFacts
    this.#more = metrics.filter((id) => !headlineMetrics.includes(id) && !facts.includes(id))
  }

  /** One run; throws what the strategy throws, and `cancelled`. */
  run(
    strategy: { make: new () => Strategy; params: Readonly<Record<string, ParamValue>> },
    task: TrialTask,
    progress: RunProgress | undefined,
  ): TrialResult {
    this.#choose(task.from, task.to)
    if (task.warm) this.#leadIn(strategy, task)
    const session = this.#session(strategy, progress)
    session.run()
    return this.#collect(session, task)
  }

  #collect(session: Session, { from, warm, detail: wanted }: TrialTask): TrialResult {
    const result = collectResult(session)
    const { initialCash } = session
    const { fills } = result.counts
    // Rows before the start only let lines warm up: they are no part of the result
    const detail =
      wanted || warm ? trialDetail(result, warm && from !== null ? from : Number.NEGATIVE_INFINITY) : undefined
    const curve = detail ?? result.equity
    const metrics =
      warm && detail !== undefined
        ? detailMetrics(detail, initialCash, this.#more)
        : { ...numbers(result.metrics), ...this.#furtherOf(session, result) }
    const facts = { ...momentsOf(curve, initialCash), fills, 'first-bar': result.equity.time[0] ?? Number.NaN }
    return { values: { ...facts, ...metrics }, detail: wanted ? detail : undefined }
  }

  #furtherOf(session: Session, result: RunResult): Record<string, number> {
    if (this.#more.length === 0) return {}
    const { equity, trades } = result
    const input = {
      ...{ equity, exposure: session.equity.exposure, trades: trades.columns as unknown as TradeColumns },
      ...{ fees: feesPaid(result), initialCash: session.initialCash },
    }
    return furtherMetrics(input, this.#more)
  }

  #session({ make, params }: Parameters<TrialBench['run']>[0], progress: RunProgress | undefined): Session {
    const shared = { lineCaches: this.#caches, scratch: this.#scratch }
    return new Session(make, { ...this.#setup, instruments: this.#instruments, params, progress, ...shared })
  }

  /** The bars of a range; the columns of their indicators are kept until another range comes. */
  #choose(from: number | null, to: number | null): void {
    const range = `${from} ${to}`
    if (range === this.#range) return
    this.#take(range, (bars) => [indexOf(bars, from, 0), indexOf(bars, to, bars.length)])
  }

  /** The range with the bars before it that the strategy's lines need, as its `onStart` asks for them. */
  #leadIn(strategy: Parameters<TrialBench['run']>[0], { from, to }: TrialTask): void {
    const probe = this.#session(strategy, undefined)
    probe.prepare()
    const waits = this.#instruments.map((_, k) => {
      return Math.max(0, ...probe.hosts.map(({ instruments }) => instruments[k]?.warmup ?? 0))
    })
    this.#take(`${from} ${to} ${waits}`, (bars, k) => {
      return [Math.max(0, indexOf(bars, from, 0) - (waits[k] ?? 0)), indexOf(bars, to, bars.length)]
    })
  }

  #take(range: string, part: (bars: BarSeries, instrument: number) => readonly [number, number]): void {
    this.#range = range
    this.#instruments = this.#setup.instruments.map((instrument, k) => {
      const [from, to] = part(instrument.bars, k)
      return { ...instrument, bars: sliceBars(instrument.bars, from, Math.max(from, to)) }
    })
    const each = this.#cacheBytes / this.#instruments.length
    this.#caches = this.#instruments.map(() => new LineCache(each))
  }
}

function indexOf(bars: BarSeries, time: number | null, fallback: number): number {
  return time === null ? fallback : lowerBound(bars.time, time)
}
