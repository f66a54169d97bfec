import type { Gives, Handlers, Takes } from '../contract/contract.ts'
import { DomainError } from '../domain/errors.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import { barColumns } from './bars.ts'
import type { Jobs } from './jobs.ts'
import { createLearnedRecipes } from './learned-recipes.ts'
import type { Ports } from './ports.ts'
import type { Topics } from './topics.ts'

type ImportOutcome = Omit<Gives<'import.result'>, 'job'>
type ImportHandlers = Pick<Handlers, 'import.inspect' | 'import.start' | 'import.result'>

/** Files in: a preview that stores nothing, then all or nothing. */
export function importHandlers(ports: Ports, jobs: Jobs, topics: Topics): ImportHandlers {
  const outcomes = new Map<string, ImportOutcome>()
  const recipes = createLearnedRecipes(ports)

  return {
    'import.inspect': async ({ path, recipe }) => {
      const { preview, learned } =
        recipe === null
          ? await recipes.inspect(path)
          : { preview: await ports.importer.inspect(path, recipe), learned: [] }
      const { bars, doubts, rows, badRows, suggestedInstrument, picks = [], ...rest } = preview
      const reply = {
        ...rest,
        doubts: [...doubts],
        rows: rows.map((row) => [...row]),
        badRows: [...badRows],
        suggestedInstrument: { ...suggestedInstrument },
        picks: [...picks],
        learned: [...learned],
      }
      return { reply, columns: barColumns(bars) }
    },
    'import.start': (takes) => {
      const control = { cancelled: false }
      const job = jobs.start('import', fileName(takes.path), () => {
        control.cancelled = true
      })
      outcomes.set(job.id, emptyOutcome(takes))
      void runImport(ports, takes, {
        onProgress: (done, total) => job.progress(done, total),
        cancelled: () => control.cancelled,
      }).then(
        async (outcome) => {
          outcomes.set(job.id, outcome)
          topics.publish('data.changed', { instrument: takes.instrument.id })
          // Convenience for the next file; the bars are stored whether or not it can be kept. Before the job ends: a
          // terminal leaves with it.
          await recipes.learn(takes.path, takes.recipe).catch(() => undefined)
          job.finish()
        },
        (failure) => job.finish(failure),
      )
      return { job: job.id }
    },
    'import.result': ({ job }) => {
      const outcome = outcomes.get(job)
      if (outcome === undefined) throw new DomainError('request.unknown', { request: job })
      return { job: jobs.get(job), ...outcome }
    },
  }
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

function emptyOutcome({ instrument, recipe }: Takes<'import.start'>): ImportOutcome {
  const counts = { rows: 0, added: 0, changed: 0, unchanged: 0, badRowCount: 0 }
  return { instrument: instrument.id, interval: recipe.interval, ...counts, badRows: [] }
}

async function runImport(
  ports: Ports,
  takes: Takes<'import.start'>,
  control: Parameters<Ports['importer']['import']>[2],
): Promise<ImportOutcome> {
  const { path, recipe, instrument } = takes
  const { series, interval, rows, badRows, badRowCount } = await ports.importer.import(path, recipe, control)
  if (control.cancelled()) throw new DomainError('cancelled')
  const { added, changed, unchanged } = await ports.stores.bars.upsert(instrument.id, interval, series, fileName(path))
  // The bars come first: an instrument without bars would promise data that a crash had kept away.
  await ports.stores.instruments.put(instrument as InstrumentRecord)
  return {
    instrument: instrument.id,
    interval,
    rows,
    added,
    changed,
    unchanged,
    badRows: badRows.slice(0, 200),
    badRowCount,
  }
}
