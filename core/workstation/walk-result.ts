import { detailMetrics, joinDetails, type TrialDetail } from '../engine/optimiser/trial-result.ts'
import { stitchCurves } from '../engine/optimiser/walk-forward.ts'
import type { RunTable } from '../stores/run-store.ts'
import type { TimeWindow } from './optimisation-question.ts'

type Figures = Record<string, number | null>

/** What became of a window: `walkedWindowSchema` of the contract. */
export interface WalkedWindow extends TimeWindow {
  readonly point: number | null
  readonly params: Record<string, string | number | boolean> | null
  readonly inSample: Figures
  readonly outOfSample: Figures
}

/** A walk forward, whole or as far as it has come. */
export interface WalkResult {
  readonly windows: WalkedWindow[]
  readonly metrics: Figures
  readonly efficiency: number | null
}

/** Joins the windows that have been walked: one out-of-sample curve and its metrics. */
export function joinWalk(
  walked: readonly { readonly window: WalkedWindow; readonly detail: TrialDetail | undefined }[],
  cash: number,
): { readonly result: WalkResult; readonly curve: RunTable } {
  const details = walked.map(({ detail }) => detail).filter((detail) => detail !== undefined)
  const columns = stitchCurves(details, cash)
  const metrics = details.length === 0 ? {} : detailMetrics(joinDetails(columns, details), cash)
  const figures = Object.entries(metrics).map(([id, value]) => [id, Number.isFinite(value) ? value : null] as const)
  const windows = walked.map(({ window }) => window)
  return {
    result: { windows, metrics: Object.fromEntries(figures), efficiency: efficiencyOf(windows) },
    curve: { rows: columns.time.length, columns, texts: {} },
  }
}

/** Growth a year out of sample over that in sample, over the windows that have both; null when in sample lost. */
function efficiencyOf(windows: readonly WalkedWindow[]): number | null {
  let inside = 0
  let outside = 0
  for (const { inSample, outOfSample } of windows) {
    const [before, after] = [inSample.cagr, outOfSample.cagr]
    if (typeof before !== 'number' || typeof after !== 'number') continue
    inside += before
    outside += after
  }
  return inside > 0 ? outside / inside : null
}
