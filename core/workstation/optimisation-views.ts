import type { Gives, Handlers } from '../contract/contract.ts'
import { DomainError } from '../domain/errors.ts'
import { expectedMaximumSharpe, minimumTrackRecord, probabilisticSharpe } from '../reports/overfitting.ts'
import type { IdeaTally, OptimisationDetail } from '../stores/optimisation-store.ts'
import type { Stores } from '../stores/stores.ts'
import type { Backtests } from './backtests.ts'
import type { BarService } from './bars.ts'
import type { Question } from './optimisation-question.ts'
import { sameQuestion } from './optimisation-return.ts'
import type { RunningCourses } from './optimisations.ts'
import type { Ports } from './ports.ts'
import { TrialTable } from './trial-table.ts'
import { joinWalk, type WalkResult } from './walk-result.ts'

type ViewHandlers = Pick<
  Handlers,
  'optimise.list' | 'optimise.get' | 'optimise.trials' | 'optimise.walk' | 'optimise.openRun'
>

/** Trading days a year, for Sharpe ratios of daily returns. */
const yearly = Math.sqrt(252)

/** Reading optimisations, and opening their trials as runs. */
export function optimisationViews(
  ports: Ports,
  bars: BarService,
  backtests: Backtests,
  running: RunningCourses,
): ViewHandlers {
  const { optimisations } = ports.stores
  const tableOf = async (detail: OptimisationDetail) => {
    return new TrialTable(detail, await optimisations.trials(detail.summary.id))
  }
  return {
    'optimise.list': (query) => optimisations.list(query),
    'optimise.get': async ({ optimisation }) => {
      const detail = await optimisations.get(optimisation)
      const table = await tableOf(detail)
      const axes = table.space.axes.map((axis) => ({ ...axis, values: axis.values === null ? null : [...axis.values] }))
      const best = detail.summary.config.walkForward === null ? table.best() : undefined
      if (best === undefined) return { optimisation: detail.summary, axes, overfitting: null }
      const overfitting = overfittingOf(table, best, await optimisations.idea(detail.summary.idea))
      return { optimisation: { ...detail.summary, best: table.bestTrial(best) }, axes, overfitting }
    },
    'optimise.trials': async ({ optimisation, metrics }) => {
      const detail = await optimisations.get(optimisation)
      const { trials, variance } = await optimisations.idea(detail.summary.idea)
      return (await tableOf(detail)).wire(metrics, expectedMaximumSharpe(trials, variance))
    },
    'optimise.walk': async ({ optimisation }) => {
      const { result, curve } = await walkOf(ports.stores, running, await optimisations.get(optimisation))
      return { reply: wireWalk(result), columns: curve.columns }
    },
    'optimise.openRun': async ({ optimisation, point, window }) => {
      const detail = await optimisations.get(optimisation)
      const question = await sameQuestion(ports, bars, detail)
      const chosen =
        window === null
          ? await chosenTrial(await tableOf(detail), question, optimisation, point ?? -1)
          : chosenWindow(await walkOf(ports.stores, running, detail), optimisation, window)
      const { params, from, to, note } = chosen
      const config = { ...question.config.run, params, from, to }
      return backtests.launch({ config, bundle: question.bundle, used: await bars.forRun(config), note })
    },
  }
}

/** The figures that say how much of a trial's Sharpe ratio may be luck. */
function overfittingOf(table: TrialTable, row: number, idea: IdeaTally): Gives<'optimise.get'>['overfitting'] {
  const measured = table.measured(row)
  const threshold = expectedMaximumSharpe(idea.trials, idea.variance)
  const finite = (value: number) => (Number.isFinite(value) ? value : null)
  return {
    ideaTrials: idea.trials,
    point: table.pointOf(row),
    sharpe: finite(measured.sharpe * yearly),
    expectedMaximum: finite(threshold * yearly),
    probabilistic: finite(probabilisticSharpe(measured)),
    deflated: finite(probabilisticSharpe(measured, threshold)),
    days: finite(measured.periods),
    minimumDays: finite(minimumTrackRecord(measured)),
    minimumDaysDeflated: finite(minimumTrackRecord(measured, threshold)),
  }
}

interface ChosenRun {
  readonly params: Record<string, string | number | boolean>
  readonly from: number | null
  readonly to: number | null
  readonly note: string
}

async function chosenTrial(table: TrialTable, question: Question, id: string, point: number): Promise<ChosenRun> {
  const row = table.rowOf(point)
  if (!table.hasResult(row)) throw new DomainError('trial.unknown', { optimisation: id, point })
  const window = question.windows?.[table.windowOf(row)]
  const { from, to } = question.config.run
  const note = `${id}, trial ${point + 1}`
  return { params: table.paramsOf(row), from: window?.from ?? from, to: window?.cut ?? to, note }
}

type Walk = ReturnType<typeof joinWalk>

function chosenWindow({ result }: Walk, id: string, window: number): ChosenRun {
  const walked = result.windows[window]
  if (walked === undefined || walked.params === null) {
    throw new DomainError('trial.unknown', { optimisation: id, point: window })
  }
  // With the bars that its lines needed to warm up: the same decisions on the same bars
  const from = walked.outOfSample['first-bar'] ?? walked.cut
  return { params: walked.params, from, to: walked.to, note: `${id}, window ${window + 1}` }
}

/** As far as a running walk forward has come, or what was stored at its end. */
async function walkOf(stores: Stores, running: RunningCourses, { summary }: OptimisationDetail): Promise<Walk> {
  const course = running.get(summary.id)
  if (course !== undefined) return joinWalk(course.walked, summary.config.run.cash)
  const stored = await stores.optimisations.walk(summary.id)
  if (stored === null) return joinWalk([], summary.config.run.cash)
  return { result: JSON.parse(stored.windows) as WalkResult, curve: stored.curve }
}

function wireWalk({ windows, metrics, efficiency }: WalkResult): Gives<'optimise.walk'>['reply'] {
  return { windows: windows.map((window) => ({ ...window })), metrics: { ...metrics }, efficiency }
}
