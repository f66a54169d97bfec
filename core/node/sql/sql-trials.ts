import type { TrialBatch } from '../../stores/optimisation-store.ts'
import { sha256 } from '../store/packed-columns.ts'
import type { SqlLink } from './sql-link.ts'
import type { OptimisationsTable } from './sql-schema.ts'
import { putIfMissing } from './sql-statements.ts'

const rowsAtOnce = 500

/** Keeps the trials whose point has none yet; the optimisation's row is locked by the caller. */
export async function addTrials(link: SqlLink, row: OptimisationsTable, batch: TrialBatch): Promise<void> {
  const { db } = link
  const width = (JSON.parse(row.columns) as string[]).length
  const stored = await storedPoints(link, row.id, batch.points)
  const fresh: number[] = []
  for (const [k, point] of batch.points.entries()) {
    if (stored.has(point)) continue
    stored.add(point)
    fresh.push(k)
  }
  if (fresh.length === 0) return
  const errors = fresh.map((k) => batch.errors[k] ?? null)
  const rows = fresh.map((k, index) => ({
    ...{ optimisation: row.id, point: batch.points[k] as number },
    error: errors[index] === null ? null : JSON.stringify(errors[index]),
    figures: Buffer.from(batch.values.slice(k * width, (k + 1) * width).buffer),
  }))
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await db
      .insertInto('trials')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute()
  }
  const failed = errors.filter((error) => error !== null).length
  await db
    .updateTable('optimisations')
    .set({ done: row.done + fresh.length, failed: row.failed + failed })
    .where('id', '=', row.id)
    .execute()
  await countIdea(
    link,
    row.idea,
    fresh.map((k) => batch.sharpes[k] as number),
  )
}

async function storedPoints({ db }: SqlLink, optimisation: string, points: Float64Array): Promise<Set<number>> {
  const found = new Set<number>()
  for (let from = 0; from < points.length; from += rowsAtOnce) {
    const rows = await db
      .selectFrom('trials')
      .select('point')
      .where('optimisation', '=', optimisation)
      .where('point', 'in', [...points.subarray(from, from + rowsAtOnce)])
      .execute()
    for (const { point } of rows) found.add(point)
  }
  return found
}

/** Several optimisations may have one idea: its row is locked while their sums are added. */
async function countIdea(link: SqlLink, idea: string, sharpes: readonly number[]): Promise<void> {
  const idea_hash = sha256(Buffer.from(idea))
  const empty = { idea_hash, idea, trials: 0, sharpes: 0, sharpe_sum: 0, sharpe_squares: 0 }
  await putIfMissing(link, 'ideas', ['idea_hash'], empty)
  const query = link.db.selectFrom('ideas').selectAll().where('idea_hash', '=', idea_hash)
  const tally = await query.forUpdate().executeTakeFirstOrThrow()
  for (const sharpe of sharpes) {
    tally.trials++
    if (Number.isNaN(sharpe)) continue
    tally.sharpes++
    tally.sharpe_sum += sharpe
    tally.sharpe_squares += sharpe * sharpe
  }
  const { trials, sharpes: known, sharpe_sum, sharpe_squares } = tally
  await link.db
    .updateTable('ideas')
    .set({ trials, sharpes: known, sharpe_sum, sharpe_squares })
    .where('idea_hash', '=', idea_hash)
    .execute()
}
