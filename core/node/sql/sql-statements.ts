import { type Insertable, type Kysely, type RawBuilder, sql } from 'kysely'
import { searchWords } from '../../stores/run-search.ts'
import type { SqlLink } from './sql-link.ts'
import type { SqlSchema } from './sql-schema.ts'

type TableName = keyof SqlSchema & string
// biome-ignore lint/suspicious/noExplicitAny: one statement for every table; callers are typed
type AnyDb = Kysely<any>

/** Inserts a row, or replaces the one with the same key. */
export async function put<Table extends TableName>(
  { dialect, db }: SqlLink,
  table: Table,
  key: readonly string[],
  row: Insertable<SqlSchema[Table]>,
): Promise<void> {
  const insert = (db as AnyDb).insertInto(table as string).values(row)
  const rest: Record<string, unknown> = Object.fromEntries(Object.entries(row).filter(([name]) => !key.includes(name)))
  await (dialect === 'mysql'
    ? insert.onDuplicateKeyUpdate(rest)
    : insert.onConflict((conflict) => conflict.columns(key as string[]).doUpdateSet(rest))
  ).execute()
}

/** Inserts a row unless one has its key, and locks neither more nor less: two writers of a key wait for each other. */
export async function putIfMissing<Table extends TableName>(
  { dialect, db }: SqlLink,
  table: Table,
  key: readonly string[],
  row: Insertable<SqlSchema[Table]>,
): Promise<void> {
  const insert = (db as AnyDb).insertInto(table as string).values(row)
  const [first] = key as [string]
  await (dialect === 'mysql'
    ? // With IGNORE two writers would share the lock, and neither could go on.
      insert.onDuplicateKeyUpdate({ [first]: sql.ref(first) })
    : insert.onConflict((conflict) => conflict.columns(key as string[]).doNothing())
  ).execute()
}

/** Every word occurs in the column `search`. */
export function matches(search: string): RawBuilder<boolean> {
  const conditions = searchWords(search).map((word) => sql`position(${word} in search) > 0`)
  return conditions.length === 0 ? sql<boolean>`1 = 1` : sql<boolean>`${sql.join(conditions, sql` AND `)}`
}

/** PostgreSQL's texts hold no NUL, which nobody can type into a search either. */
export const searchable = (text: string): string => text.replaceAll('\0', ' ')

/** Bytes of a blob in one row: servers limit a statement to 16 MB (MariaDB), and a large one stalls all others. */
const partBytes = 1 << 20

export function partsOf(data: Uint8Array): { readonly part: number; readonly data: Buffer }[] {
  const count = Math.max(1, Math.ceil(data.length / partBytes))
  return Array.from({ length: count }, (_, part) => ({
    part,
    data: Buffer.from(data.subarray(part * partBytes, (part + 1) * partBytes)),
  }))
}
