import { DomainError } from '../domain/errors.ts'
import type { OptimisationDetail } from '../stores/optimisation-store.ts'
import type { BarService, BarsUsed } from './bars.ts'
import { askQuestion, type Question } from './optimisation-question.ts'
import type { Ports } from './ports.ts'

/**
 * The question of a stored optimisation again: its own code over the very same bars. Throws
 * `optimisation.not-resumable` when engine or bars have changed: new trials could not stand beside the old ones.
 */
export async function sameQuestion(ports: Ports, bars: BarService, detail: OptimisationDetail): Promise<Question> {
  const { capsule, summary } = detail
  const same = capsule.engineBuild === ports.facts.engineBuild
  if (!same) throw new DomainError('optimisation.not-resumable', { optimisation: summary.id, reason: 'engine' })
  const used = await sameBars(bars, detail)
  const checked = await ports.compiler.check({ kind: 'sources', sources: capsule.sources, entry: capsule.entry })
  return askQuestion(summary.config, checked, used)
}

/** The bars of a capsule, as they were and with the instruments as they were. */
async function sameBars(bars: BarService, { capsule, summary }: OptimisationDetail): Promise<BarsUsed[]> {
  const changed = (instrument: string) =>
    new DomainError('optimisation.not-resumable', { optimisation: summary.id, reason: 'data', instrument })
  return bars.forCapsule(capsule, changed, { asTheyAre: true })
}
