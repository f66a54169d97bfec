import { firstDifference } from './compare.ts'
import { type OrderCase, type OrderFile, unsupportedFeature } from './order-case.ts'
import { runScenario } from './order-run.ts'

/** What became of one case of a reference file. */
export type Verdict =
  | { readonly id: string; readonly outcome: 'passed' }
  | { readonly id: string; readonly outcome: 'failed'; readonly difference: string }
  /** Nothing here can do what the case asks for. */
  | { readonly id: string; readonly outcome: 'unsupported'; readonly feature: string }
  /** The collection names the bars of the case and has them nowhere: nobody can run it. */
  | { readonly id: string; readonly outcome: 'barless'; readonly bars: string }
  /** Agrees but for what a row of the defect register explains. */
  | { readonly id: string; readonly outcome: 'excluded'; readonly reason: string }

/** Runs every case of an order file. */
export function checkOrderFile(file: OrderFile): Verdict[] {
  return file.cases.map((orderCase) => checkOrderCase(file, orderCase))
}

function checkOrderCase(file: OrderFile, { scenario, expected }: OrderCase): Verdict {
  const { id } = scenario
  const feature = unsupportedFeature(scenario)
  if (feature !== undefined) return { id, outcome: 'unsupported', feature }
  try {
    const data = scenario.data.map((spec) => barsFor(file, spec.feed, id))
    const observed = runScenario(scenario, data)
    const difference =
      firstDifference(expected.notifications, observed.notifications, 'notifications') ??
      firstDifference(expected.trades, observed.trades, 'trades') ??
      firstDifference(expected.bars, observed.bars, 'bars') ??
      firstDifference(expected.final.cash, observed.final.cash, 'final.cash') ??
      firstDifference(expected.final.value, observed.final.value, 'final.value')
    return verdictOf(id, difference)
  } catch (failure) {
    return { id, outcome: 'failed', difference: failure instanceof Error ? failure.message : String(failure) }
  }
}

/** Passed when there is no difference. */
export function verdictOf(id: string, difference: string | undefined): Verdict {
  return difference === undefined ? { id, outcome: 'passed' } : { id, outcome: 'failed', difference }
}

function barsFor(file: OrderFile, feed: string, id: string) {
  const found = file.data.find(({ spec }) => spec.feed === feed)
  if (found === undefined) throw new Error(`${id}: the file holds no bars of ${feed}`)
  return found.bars
}
