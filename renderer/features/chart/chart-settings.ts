import { type PriceSource, priceSources } from '../../../core/domain/price-source.ts'
import type { PriceScale } from '../../chart/chart-options.ts'
import type { ParamValue } from '../../state/run-types.ts'

/** An indicator as the user placed it. */
export interface PlacedIndicator {
  /** Unique on its chart. */
  readonly key: string
  readonly id: string
  readonly params: Readonly<Record<string, ParamValue>>
  /** What it reads where it takes any series; empty: the closes, or what the catalogue takes first. */
  readonly sources: readonly PriceSource[]
  /** `catalogue`: where the catalogue puts it. */
  readonly pane: 'catalogue' | 'price' | 'own'
  readonly hidden: boolean
}

/** What a user chooses about an indicator. */
export type IndicatorChoice = Pick<PlacedIndicator, 'params' | 'pane' | 'sources'>

/** What a chart remembers. */
export interface ChartSettings {
  readonly indicators: readonly PlacedIndicator[]
  readonly scale: PriceScale
  readonly volume: boolean
  readonly trades: boolean
  /** Lines of the selected run's strategy. */
  readonly lines: boolean
}

export const defaultSettings: ChartSettings = {
  indicators: [],
  scale: 'linear',
  volume: true,
  trades: true,
  lines: true,
}

/** The settings of a stored value; whatever cannot be read falls back, so that an older file never breaks the chart. */
export function readSettings(stored: unknown): ChartSettings {
  const value = isRecord(stored) ? stored : {}
  const indicators = Array.isArray(value.indicators) ? value.indicators.flatMap(readPlaced) : []
  const { scale, volume, trades, lines } = value
  return {
    indicators,
    scale: scale === 'log' || scale === 'percent' ? scale : 'linear',
    volume: volume !== false,
    trades: trades !== false,
    lines: lines !== false,
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readPlaced(value: unknown): PlacedIndicator[] {
  if (!isRecord(value)) return []
  const { key, id, params, pane, sources, hidden } = value
  if (typeof key !== 'string' || typeof id !== 'string' || !isRecord(params)) return []
  const known = Object.entries(params).filter((entry): entry is [string, ParamValue] =>
    ['number', 'string', 'boolean'].includes(typeof entry[1]),
  )
  const where = pane === 'price' || pane === 'own' ? pane : 'catalogue'
  const series = Array.isArray(sources) ? sources.filter(isPriceSource) : []
  return [{ key, id, params: Object.fromEntries(known), sources: series, pane: where, hidden: hidden === true }]
}

function isPriceSource(value: unknown): value is PriceSource {
  return (priceSources as readonly unknown[]).includes(value)
}

/** A key that no indicator of the chart has: the smallest free number. */
export function freeKey(indicators: readonly PlacedIndicator[]): string {
  let number = 1
  while (indicators.some(({ key }) => key === String(number))) number += 1
  return String(number)
}
