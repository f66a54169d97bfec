import type { Gives } from '../contract/contract.ts'
import { isDomainError } from '../domain/errors.ts'
import { createSearch } from '../engine/optimiser/search.ts'
import { countBars } from './backtests.ts'
import { type Question, trialJob, trialTask } from './optimisation-question.ts'
import type { Ports } from './ports.ts'

/** What a probe may take once its first trial has ended, how long it waits for that one, and the trials that it tries at most. */
const probeMs = 900
const coldMs = 4_000
const probeTrials = 24

/** What an optimisation would run. A probe runs a few of its trials on one worker and keeps nothing of them. */
export async function planOf(
  ports: Ports,
  question: Question,
  workers: number | null,
  probe: boolean,
): Promise<Gives<'optimise.plan'>> {
  const { points, planned, windows, space, used } = question
  const size = workers ?? ports.trials.size
  const secondsPerTrial = probe ? await secondsOf(ports, question) : null
  return {
    points,
    combinations: Number.isFinite(space.combinations) ? space.combinations : null,
    planned,
    bars: countBars(used),
    workers: size,
    windows: windows === null ? null : windows.map((window) => ({ ...window })),
    secondsPerTrial,
    seconds: secondsPerTrial === null ? null : (secondsPerTrial * planned) / Math.min(size, planned),
  }
}

/** The shortest of some trials: the first ones run cold. null when not even one ends in time. */
async function secondsOf(ports: Ports, question: Question): Promise<number | null> {
  const queue = ports.trials.open(trialJob(question), 1)
  const asked = createSearch(question.search).ask().slice(0, probeTrials)
  const tasks = asked.map((point) => trialTask(question, point, question.windows?.[0]))
  const startedAt = ports.clock.now()
  const ends: number[] = []
  const stop = ports.every(20, () => {
    const [warm] = ends
    if (ports.clock.now() > (warm === undefined ? startedAt + coldMs : warm + probeMs)) queue.cancel()
  })
  try {
    await queue.run(tasks, () => {
      ends.push(ports.clock.now())
    })
  } catch (failure) {
    if (!isDomainError(failure) || failure.code !== 'cancelled') throw failure
  } finally {
    stop()
    await queue.close()
  }
  return perTrial(ends, startedAt)
}

/** The clock counts whole milliseconds: the later half of the trials together, or the only one. */
function perTrial(ends: readonly number[], startedAt: number): number | null {
  const last = ends.at(-1)
  if (last === undefined) return null
  const half = ends.length >> 1
  const from = half === 0 ? startedAt : (ends[half - 1] as number)
  return Math.max(0.000_1, (last - from) / 1000 / (ends.length - half))
}
