import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Gives, Takes } from '../../contract/contract.ts'
import { importRecipeSchema } from '../../contract/schemas.ts'
import { callService, type Service } from '../call-service.ts'
import { followJob } from './follow-job.ts'
import { flag, text, UsageError, type VerbContext } from './verb.ts'

type Recipe = Takes<'import.start'>['recipe']

/** Options that correct what was inferred; shared by `import` and `backtest --data FILE`. */
export const importOptions = {
  recipe: { type: 'string' },
  separator: { type: 'string' },
  zone: { type: 'string' },
  stamp: { type: 'string' },
  'date-format': { type: 'string' },
  'skip-bad-rows': { type: 'boolean' },
} as const

/** Infers a recipe, applies the user's corrections, imports, and says what happened. */
export async function importFile(
  context: VerbContext,
  service: Service,
  file: string,
  instrument: { readonly id?: string | undefined; readonly interval?: string | undefined },
): Promise<Gives<'import.result'>> {
  const path = resolve(file)
  const given = await givenRecipe(context)
  const { reply } = await callService(service, 'import.inspect', { path, recipe: given })
  const recipe = corrected(context, reply.recipe, instrument.interval)
  for (const doubt of reply.doubts) {
    if (!isSettled(context, doubt, instrument.interval))
      context.output.note(`not certain: ${doubt}${assumed(recipe, doubt)}`)
  }
  const record = {
    ...reply.suggestedInstrument,
    // Its trading days are those of the zone that the user named.
    ...(text(context.values, 'zone') === undefined ? {} : { zone: recipe.zone }),
    ...(instrument.id === undefined ? {} : { id: instrument.id, symbol: instrument.id }),
  }
  let job = ''
  await followJob(context, service, async () => {
    job = (await callService(service, 'import.start', { path, recipe, instrument: record })).job
    return job
  })
  return callService(service, 'import.result', { job })
}

/** True for a doubtful field that the command line states. */
export function isSettled({ values }: VerbContext, doubt: string, interval: string | undefined): boolean {
  if (doubt === 'interval') return interval !== undefined
  return text(values, doubt === 'dateFormat' ? 'date-format' : doubt) !== undefined
}

/** What was assumed for a doubtful field: ` (UTC)`; empty for those that are no single word. */
export function assumed(recipe: Recipe, doubt: string): string {
  const value = Object.entries(recipe).find(([name]) => name === doubt)?.[1]
  return typeof value === 'string' ? ` (${value})` : ''
}

/** The recipe of `--recipe FILE`, or null. */
export async function givenRecipe(context: VerbContext): Promise<Recipe | null> {
  const path = text(context.values, 'recipe')
  if (path === undefined) return null
  const parsed = importRecipeSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (!parsed.success) throw new UsageError(`${path} is not a recipe: ${parsed.error.issues[0]?.message ?? ''}`)
  return parsed.data
}

/** The recipe with what the command line states. */
export function corrected({ values }: VerbContext, inferred: Recipe, interval: string | undefined): Recipe {
  const stamp = text(values, 'stamp')
  if (stamp !== undefined && stamp !== 'open' && stamp !== 'close' && stamp !== 'day') {
    throw new UsageError(`--stamp is open, close or day, was “${stamp}”`)
  }
  return {
    ...inferred,
    separator: text(values, 'separator') ?? inferred.separator,
    zone: text(values, 'zone') ?? inferred.zone,
    dateFormat: text(values, 'date-format') ?? inferred.dateFormat,
    stamp: stamp ?? inferred.stamp,
    interval: interval ?? inferred.interval,
    badRows: flag(values, 'skip-bad-rows') ? 'skip' : inferred.badRows,
  }
}
