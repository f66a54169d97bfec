import { type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { MarketDialect } from './market-dialect.ts'
import type { SqlDialect } from './sql-link.ts'

/** What the dialects call a type. Texts compare by their bytes: `es` is not `ES`, and order is the same everywhere. */
interface ColumnTypes {
  readonly id: RawBuilder<unknown>
  readonly text: RawBuilder<unknown>
  readonly bytes: RawBuilder<unknown>
  readonly double: RawBuilder<unknown>
}

const columnTypes: Readonly<Record<SqlDialect, ColumnTypes>> = {
  mysql: {
    id: sql`varchar(160) character set utf8mb4 collate utf8mb4_bin`,
    text: sql`longtext character set utf8mb4 collate utf8mb4_bin`,
    bytes: sql`longblob`,
    double: sql`double`,
  },
  postgres: {
    id: sql`varchar(160) collate "C"`,
    text: sql`text collate "C"`,
    bytes: sql`bytea`,
    double: sql`double precision`,
  },
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows the schema of its own time, not today's
type AnyDb = Kysely<any>
type Table = CreateTableBuilder<string, string>
type ColumnWord = keyof ColumnTypes | 'bigint' | 'integer'
/** Column → type; `?` after it: may be null. */
type Columns = Readonly<Record<string, ColumnWord | `${ColumnWord}?`>>

interface TablePlan {
  readonly name: string
  readonly columns: Columns
  readonly key: readonly string[]
  /** The table whose row owns this one's: key columns of that table; they come first here. */
  readonly of?: readonly [table: string, columns: Readonly<Record<string, string>>]
}

const packed: Columns = { rows: 'bigint', columns: 'text', texts: 'text', raw_bytes: 'bigint', hash: 'id' }
const series: Columns = { instrument: 'id', bar_interval: 'id' }
const ofSeries = ['series', { instrument: 'instrument', bar_interval: 'bar_interval' }] as const

const firstTables: readonly TablePlan[] = [
  {
    name: 'instruments',
    columns: {
      ...{ id: 'id', symbol: 'text', name: 'text', kind: 'id', currency: 'text', tick_size: 'double' },
      ...{ lot_size: 'double', multiplier: 'double', zone: 'text', simulated: 'integer' },
    },
    key: ['id'],
  },
  { name: 'settings', columns: { key: 'id', value: 'text' }, key: ['key'] },
  {
    name: 'series',
    columns: {
      ...{ ...series, bars: 'bigint', first_time: 'bigint', end_time: 'bigint?' },
      ...{ hash: 'id', source: 'text', updated_at: 'bigint' },
    },
    key: ['instrument', 'bar_interval'],
  },
  {
    name: 'bar_blocks',
    columns: { ...series, block: 'integer', bars: 'integer', first_time: 'bigint', last_time: 'bigint', hash: 'id' },
    key: ['instrument', 'bar_interval', 'block'],
    of: ofSeries,
  },
  {
    name: 'bars',
    columns: {
      ...{ ...series, open_time: 'bigint', close_time: 'bigint?', open: 'double?', high: 'double?', low: 'double?' },
      ...{ close: 'double?', volume: 'double?', open_interest: 'double?', special: 'integer' },
    },
    key: ['instrument', 'bar_interval', 'open_time'],
  },
  {
    name: 'runs',
    columns: {
      ...{ id: 'id', state: 'id', created_at: 'bigint', owner: 'id', search: 'text', duration_ms: 'double' },
      ...{ strategy: 'text', config: 'text', counts: 'text', metrics: 'text', error: 'text?', note: 'text' },
    },
    key: ['id'],
  },
  {
    name: 'run_details',
    columns: { run: 'id', capsule: 'text', log: 'text', hash: 'id' },
    key: ['run'],
    of: ['runs', { run: 'id' }],
  },
  {
    name: 'run_tables',
    columns: { run: 'id', name: 'id', ...packed },
    key: ['run', 'name'],
    of: ['runs', { run: 'id' }],
  },
  {
    name: 'run_table_parts',
    columns: { run: 'id', name: 'id', part: 'integer', data: 'bytes' },
    key: ['run', 'name', 'part'],
    of: ['run_tables', { run: 'run', name: 'name' }],
  },
  {
    name: 'optimisations',
    columns: {
      ...{ id: 'id', state: 'id', created_at: 'bigint', owner: 'id', search: 'text', duration_ms: 'double' },
      ...{ strategy: 'text', idea: 'text', config: 'text', columns: 'text', planned: 'bigint', done: 'bigint' },
      ...{ failed: 'bigint', best: 'text?', error: 'text?', result_hash: 'id?', capsule: 'text' },
    },
    key: ['id'],
  },
  {
    name: 'trials',
    columns: { optimisation: 'id', point: 'bigint', error: 'text?', figures: 'bytes' },
    key: ['optimisation', 'point'],
    of: ['optimisations', { optimisation: 'id' }],
  },
  {
    name: 'walks',
    columns: { optimisation: 'id', windows: 'text', ...packed },
    key: ['optimisation'],
    of: ['optimisations', { optimisation: 'id' }],
  },
  {
    name: 'walk_parts',
    columns: { optimisation: 'id', part: 'integer', data: 'bytes' },
    key: ['optimisation', 'part'],
    of: ['walks', { optimisation: 'optimisation' }],
  },
  {
    // By the hash of its text: an idea may be longer than a key.
    name: 'ideas',
    columns: {
      ...{ idea_hash: 'id', idea: 'text', trials: 'bigint', sharpes: 'bigint' },
      ...{ sharpe_sum: 'double', sharpe_squares: 'double' },
    },
    key: ['idea_hash'],
  },
]

/** The tables of the stores, market data excepted. */
export const tableNames: readonly string[] = firstTables.map(({ name }) => name)

/**
 * Steps of the schema by name, in the order of their names; never edited once released. MariaDB keeps what a failed
 * step had made, so every statement can be run again.
 */
export function sqlMigrations(dialect: SqlDialect, market: MarketDialect): Record<string, Migration> {
  return {
    '001-stores': {
      async up(db) {
        for (const table of firstTables) await createTable(db, dialect, table)
        for (const table of ['runs', 'optimisations']) await createNewestIndex(db, dialect, table)
        for (const statement of market.schema) await sql.raw(statement).execute(db)
      },
    },
    '002-calendars': { up: (db) => addColumn(db, dialect, 'instruments', 'calendar') },
  }
}

async function createTable(db: AnyDb, dialect: SqlDialect, { name, columns, key, of }: TablePlan): Promise<void> {
  let table = db.schema.createTable(name).ifNotExists() as unknown as Table
  for (const [column, word] of Object.entries(columns)) {
    const type = word.replace('?', '') as ColumnWord
    const built = type === 'bigint' || type === 'integer' ? sql.raw(type) : columnTypes[dialect][type]
    table = table.addColumn(column, built as RawBuilder<unknown>, (c) =>
      word.endsWith('?') ? c : c.notNull(),
    ) as Table
  }
  table = table.addPrimaryKeyConstraint(`${name}_key`, key as never) as Table
  if (of !== undefined) {
    const [target, pairs] = of
    table = table.addForeignKeyConstraint(
      ...([`${name}_of_${target}`, Object.keys(pairs) as never, target, Object.values(pairs)] as const),
      (constraint) => constraint.onDelete('cascade'),
    ) as Table
  }
  await (dialect === 'mysql' ? table.modifyEnd(sql`engine = InnoDB`) : table).execute()
}

/** Adds a text that may be null. MySQL has no IF NOT EXISTS for a column: it is looked for. */
async function addColumn(db: AnyDb, dialect: SqlDialect, table: string, column: string): Promise<void> {
  const schema = dialect === 'postgres' ? sql`current_schema()` : sql`database()`
  const found = await sql<{ n: number }>`SELECT count(*) AS n FROM information_schema.columns
    WHERE table_schema = ${schema} AND table_name = ${table} AND column_name = ${column}`.execute(db)
  if (Number(found.rows[0]?.n) > 0) return
  await db.schema
    .alterTable(table)
    .addColumn(column, columnTypes[dialect].id as RawBuilder<unknown>)
    .execute()
}

/** MySQL has no IF NOT EXISTS for an index: it is looked for. */
async function createNewestIndex(db: AnyDb, dialect: SqlDialect, table: string): Promise<void> {
  const name = `${table}_newest`
  if (dialect === 'postgres') {
    await db.schema.createIndex(name).ifNotExists().on(table).columns(['created_at', 'id']).execute()
    return
  }
  const found = await sql<{ n: number }>`SELECT count(*) AS n FROM information_schema.statistics
    WHERE table_schema = database() AND table_name = ${table} AND index_name = ${name}`.execute(db)
  if (found.rows[0]?.n === 0) await db.schema.createIndex(name).on(table).columns(['created_at', 'id']).execute()
}
