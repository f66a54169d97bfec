import type { InstrumentRecord } from '../../domain/instrument.ts'
import type { InstrumentStore } from '../../stores/instrument-store.ts'
import type { JsonValue, SettingsStore } from '../../stores/settings-store.ts'
import type { InstrumentsTable } from './sql-schema.ts'
import type { SqlServer } from './sql-server.ts'
import { put } from './sql-statements.ts'

const recordOf = ({ tick_size, lot_size, simulated, calendar, ...row }: InstrumentsTable) =>
  ({
    ...{ ...row, tickSize: tick_size, lotSize: lot_size, simulated: simulated === 1 },
    ...(calendar === null ? {} : { calendar }),
  }) as InstrumentRecord

const rowOf = ({ tickSize, lotSize, simulated, ...record }: InstrumentRecord): InstrumentsTable => ({
  ...record,
  tick_size: tickSize,
  lot_size: lotSize,
  simulated: simulated ? 1 : 0,
  calendar: record.calendar ?? null,
})

/** Instruments on a server. */
export function createSqlInstrumentStore(server: SqlServer): InstrumentStore {
  return {
    list: () =>
      server.use(async ({ db }) => {
        const rows = await db.selectFrom('instruments').selectAll().orderBy('id').execute()
        return rows.map(recordOf)
      }),
    get: (id) =>
      server.use(async ({ db }) => {
        const row = await db.selectFrom('instruments').selectAll().where('id', '=', id).executeTakeFirst()
        return row === undefined ? null : recordOf(row)
      }),
    put: (instrument) => server.write((link) => put(link, 'instruments', ['id'], rowOf(instrument))),
    delete: (id) =>
      server.write(async ({ db }) => {
        const { numDeletedRows } = await db.deleteFrom('instruments').where('id', '=', id).executeTakeFirst()
        return numDeletedRows > 0n
      }),
  }
}

/** Settings on a server. */
export function createSqlSettingsStore(server: SqlServer): SettingsStore {
  return {
    get: (key) =>
      server.use(async ({ db }) => {
        const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
        return row === undefined ? null : (JSON.parse(row.value) as JsonValue)
      }),
    set: (key, value) => server.write((link) => put(link, 'settings', ['key'], { key, value: JSON.stringify(value) })),
    delete: (key) =>
      server.write(async ({ db }) => {
        const { numDeletedRows } = await db.deleteFrom('settings').where('key', '=', key).executeTakeFirst()
        return numDeletedRows > 0n
      }),
  }
}
