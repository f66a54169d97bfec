import { ensureDefined } from '../../core/lib/assert.ts'
import { analyze } from '../../core/reports/analyzers/catalogue.ts'
import { firstAnalysisDifference } from './analyzers/analysis-difference.ts'
import { engineRun } from './analyzers/analyzed.ts'
import { firstDifference } from './compare.ts'
import { type NamedSettings, type RecordedRun, runNamed } from './named-run.ts'
import { namedStrategy } from './named-strategies.ts'
import type { BarRow } from './order-case.ts'
import type { Verdict } from './orders.ts'
import { sourceBars } from './source-bars.ts'
import { Barless, Unsupported, verdictOf } from './verdict.ts'

type Params = Readonly<Record<string, unknown>>

/** One grid of an optimise file. */
export interface GridCase extends NamedSettings {
  readonly id: string
  readonly series: string
  readonly strategy: string
  readonly fixed?: Params
  readonly grid: Readonly<Record<string, readonly unknown[]>>
  readonly best_final_value?: Params
  readonly results: readonly {
    readonly params: Params
    readonly final_value: number
    readonly analyzers?: Readonly<Record<string, unknown>>
  }[]
}

/** Runs every point of every grid of a file as a run of its own, in the order of the product of the ranges. */
export function checkGrids(grids: readonly GridCase[], path: string): Verdict[] {
  return grids.map((grid) =>
    verdictOf(grid.id, () => {
      const { series, strategy } = grid
      if (namedStrategy({ strategy }) === undefined) throw new Unsupported(`strategy ${strategy}`)
      const rows = sourceBars(path, series)
      if (rows === undefined) throw new Barless(series)
      return gridDifference(grid, rows)
    }),
  )
}

function gridDifference(grid: GridCase, rows: readonly BarRow[]): string | undefined {
  const points = pointsOf(grid)
  const expected = grid.results.map(({ params }) => Object.entries(params).sort())
  const order = firstDifference(
    expected,
    points.map((point) => Object.entries(point).sort()),
    'points',
  )
  if (order !== undefined) return order
  const runs = points.map((params) => runNamed({ strategy: grid.strategy, params }, grid, rows))
  return pointDifference(grid, runs) ?? analysisDifference(grid, runs, rows) ?? bestDifference(grid, points, runs)
}

/** The product of the ranges, the last one fastest, each with the fixed parameters. */
export function pointsOf({ fixed = {}, grid }: Pick<GridCase, 'fixed' | 'grid'>): Params[] {
  let points: Params[] = [fixed]
  for (const [name, values] of Object.entries(grid)) {
    points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })))
  }
  return points
}

function pointDifference({ results }: GridCase, runs: readonly RecordedRun[]): string | undefined {
  for (const [index, { params, final_value }] of results.entries()) {
    const at = `final_value of ${JSON.stringify(params)}`
    const difference = firstDifference(final_value, runs[index]?.finalValue, at)
    if (difference !== undefined) return difference
  }
  return undefined
}

/** The analyzers' usual short names; a file may also write the class. */
const analyzerNames: Readonly<Record<string, string>> = {
  ...{ ta: 'TradeAnalyzer', trades: 'TradeAnalyzer', dd: 'DrawDown', drawdown: 'DrawDown', ret: 'Returns' },
  ...{ returns: 'Returns', sharpe: 'SharpeRatio', sqn: 'SQN', vwr: 'VWR', annual: 'AnnualReturn' },
}

/** The format's settings that are not upstream's standard ones; the files do not tell them. */
const analyzerSettings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  SharpeRatio: { timeframe: 'Months' },
}

/** What the analyzers say of each point. */
function analysisDifference(grid: GridCase, runs: readonly RecordedRun[], rows: readonly BarRow[]): string | undefined {
  const notes = {
    ...{ feed: grid.series, cash: grid.cash ?? 10_000, strategy: grid.strategy },
    id: grid.id,
    params: {},
  }
  for (const [index, { params, analyzers = {} }] of grid.results.entries()) {
    const run = ensureDefined(runs[index], 'run')
    const analyzed = engineRun({ run: notes, analyzers: [] }, run, rows)
    for (const [key, analysis] of Object.entries(analyzers)) {
      const name = analyzerNames[key] ?? key
      const found = analyze(analyzed, name, analyzerSettings[name] ?? {})
      const difference = firstAnalysisDifference(analysis, found, `${key} of ${JSON.stringify(params)}`)
      if (difference !== undefined) return difference
    }
  }
  return undefined
}

/** The first of the points with the highest final value. */
function bestDifference(grid: GridCase, points: readonly Params[], runs: readonly RecordedRun[]): string | undefined {
  if (grid.best_final_value === undefined) return undefined
  const best = Math.max(...runs.map(({ finalValue }) => finalValue))
  const found = points[runs.findIndex(({ finalValue }) => finalValue === best)] ?? {}
  const sorted = (point: Params) => Object.entries(point).sort()
  return firstDifference(sorted(grid.best_final_value), sorted(found), 'best_final_value')
}
