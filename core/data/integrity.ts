import type { BarSeries } from '../domain/bar-series.ts'

/** One thing that is wrong, or worth a look, in a series of bars. `bar` is its 0-based index. */
export interface IntegrityFinding {
  readonly kind: 'disorder' | 'duplicate' | 'overlap' | 'ohlc' | 'not-finite' | 'gap'
  readonly bar: number
  readonly time: number
  /** For a gap: milliseconds between the bar before it and this one, else 0. */
  readonly missingMs: number
}

export interface IntegrityOptions {
  /** Silence longer than this inside a series is a gap; infinite: gaps are not looked for. Nights and weekends count. */
  readonly gapMs: number
  readonly maxFindings?: number
}

/** Findings in the order of the bars, at most `maxFindings` (default 1000); an empty list means nothing was found. */
export function checkBars(bars: BarSeries, { gapMs, maxFindings = 1_000 }: IntegrityOptions): IntegrityFinding[] {
  const findings: IntegrityFinding[] = []
  for (let bar = 0; bar < bars.length && findings.length < maxFindings; bar++) {
    const time = bars.time[bar] as number
    const price = priceFault(bars, bar)
    if (price !== undefined) findings.push({ kind: price, bar, time, missingMs: 0 })
    const order = bar === 0 ? undefined : orderFault(bars, bar, gapMs)
    if (order === undefined) continue
    const missingMs = order === 'gap' ? time - (bars.closeTime[bar - 1] as number) : 0
    findings.push({ kind: order, bar, time, missingMs })
  }
  return findings.slice(0, maxFindings)
}

function orderFault({ time, closeTime }: BarSeries, bar: number, gapMs: number): IntegrityFinding['kind'] | undefined {
  const at = time[bar] as number
  const before = time[bar - 1] as number
  if (at === before) return 'duplicate'
  if (!(at > before)) return 'disorder'
  const ended = closeTime[bar - 1] as number
  if (at < ended) return 'overlap'
  return at - ended > gapMs ? 'gap' : undefined
}

function priceFault({ open, high, low, close }: BarSeries, bar: number): 'ohlc' | 'not-finite' | undefined {
  const [first, highest, lowest, last] = [open[bar], high[bar], low[bar], close[bar]] as [
    number,
    number,
    number,
    number,
  ]
  if (![first, highest, lowest, last].every(Number.isFinite)) return 'not-finite'
  const enclosed = highest >= first && highest >= last && lowest <= first && lowest <= last
  return enclosed ? undefined : 'ohlc'
}
