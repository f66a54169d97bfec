import { type IndicatorDefinition, type KernelColumns, numberParam } from '../../definition.ts'
import { defineTalib } from '../define.ts'
import { outputAt, type Stretch, stretchKernel } from '../stretches.ts'
import { type CandleSetting, type CandleSettingName, Candles, candleSettings } from './candles.ts'

/** A candle pattern as its family file writes it down. */
export interface CandlePattern {
  /** TA-Lib's name without CDL. */
  readonly name: string
  readonly en: string
  readonly zh: string
  readonly formula: string
  /** The settings it asks for, and of which candles. A mean that is not listed here is no number. */
  readonly means: Readonly<Partial<Record<CandleSettingName, readonly number[]>>>
  /** Candles before the current one that the lookback has, above the longest mean. */
  readonly before: number
  /** How far into the first body the last one closes; only for patterns that have such a parameter. */
  readonly penetration?: number
  /** Bars before the first value on which it is looked for already. */
  readonly early?: number
  /** 100 bullish, −100 bearish, 0 none; some know 80 and 200. A pattern with memory makes a fresh one for each kernel. */
  make?(): PatternMemory
  found?(candles: Candles, penetration: number): number
}

/** A pattern that remembers earlier candles. */
export interface PatternMemory {
  restart(): void
  found(candles: Candles): number
}

interface WantedMean {
  readonly setting: CandleSetting
  readonly ago: number
}

/** Looks for one pattern, bar by bar. The sums of the means run along in TA-Lib's order: new less old, after the look. */
class PatternSearch implements Stretch {
  readonly #columns: KernelColumns
  readonly #pattern: CandlePattern
  readonly #penetration: number
  readonly #memory: PatternMemory | undefined
  readonly #means: readonly WantedMean[]
  /** The first bar of a stretch on which it looks. */
  readonly #first: number
  readonly #candles = new Candles()

  constructor(columns: KernelColumns, pattern: CandlePattern, penetration: number) {
    this.#columns = columns
    this.#pattern = pattern
    this.#penetration = penetration
    this.#memory = pattern.make?.()
    this.#means = wantedMeans(pattern).filter(({ setting }) => setting.period > 0)
    this.#first = lookbackOf(pattern) - (pattern.early ?? 0)
  }

  restart(): void {
    this.#candles.clear()
    this.#memory?.restart()
  }

  run(from: number, to: number, age: number): void {
    const candles = this.#candles
    const out = outputAt(this.#columns)
    ;[candles.open, candles.high, candles.low, candles.close] = this.#columns.inputs as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    for (let i = from; i < to; i++) {
      candles.index = i
      const bars = age + i - from
      if (bars < this.#first) this.#gather(bars)
      else {
        out[i] = this.#look()
        this.#advance()
      }
    }
  }

  #look(): number {
    if (this.#memory !== undefined) return this.#memory.found(this.#candles)
    return this.#pattern.found?.(this.#candles, this.#penetration) ?? 0
  }

  /** Before the first look: the candles that its means are made of. */
  #gather(bars: number): void {
    const candles = this.#candles
    for (const { setting, ago } of this.#means) {
      const end = this.#first - ago
      if (bars < end && bars >= end - setting.period) candles.add(setting, ago, candles.extentOf(setting.extent, 0))
    }
  }

  #advance(): void {
    const candles = this.#candles
    for (const { setting, ago } of this.#means) {
      const { extent, period } = setting
      candles.add(setting, ago, candles.extentOf(extent, ago) - candles.extentOf(extent, ago + period))
    }
  }
}

function wantedMeans({ means }: CandlePattern): readonly WantedMean[] {
  return Object.entries(means).flatMap(([name, agos]) =>
    agos.map((ago) => ({ setting: candleSettings[name as CandleSettingName], ago })),
  )
}

function lookbackOf(pattern: CandlePattern): number {
  return Math.max(0, ...wantedMeans(pattern).map(({ setting }) => setting.period)) + pattern.before
}

const ofBars = { group: 'pattern', inputs: ['open', 'high', 'low', 'close'] } as const

/** The catalogue entry of a pattern. */
export function definePattern(pattern: CandlePattern): IndicatorDefinition {
  const { name, en, zh, formula, penetration } = pattern
  const lookback = lookbackOf(pattern)
  const common = {
    ...ofBars,
    name: `CDL${name}`,
    en,
    zh,
    formula,
    outputs: { pattern: { warmup: () => lookback, draw: 'histogram' } },
  } as const
  const create = (columns: KernelColumns, { penetration: depth }: { penetration?: number }) =>
    stretchKernel(columns, lookback, new PatternSearch(columns, pattern, depth ?? 0))
  if (penetration === undefined) return defineTalib<Record<string, never>>({ ...common, params: {}, create })
  const params = { penetration: numberParam(penetration, { min: 0, max: 1e6, step: 0.05 }) }
  return defineTalib<{ penetration: number }>({ ...common, params, create })
}
