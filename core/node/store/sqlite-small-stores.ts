import type { Database } from 'better-sqlite3'
import type { InstrumentRecord } from '../../domain/instrument.ts'
import type { InstrumentStore } from '../../stores/instrument-store.ts'
import type { JsonValue, SettingsStore } from '../../stores/settings-store.ts'
import { atPlace } from './sqlite-errors.ts'

type InstrumentRow = Omit<InstrumentRecord, 'simulated' | 'calendar'> & {
  readonly simulated: 0 | 1
  readonly calendar: string | null
}

const instrumentOf = ({ calendar, ...row }: InstrumentRow): InstrumentRecord => ({
  ...row,
  simulated: row.simulated === 1,
  ...(calendar === null ? {} : { calendar }),
})

const instrumentColumns = `id, symbol, name, kind, currency, tick_size AS tickSize, lot_size AS lotSize, multiplier, zone, calendar, simulated`

/** Instruments in `ledger.db`. */
export function createSqliteInstrumentStore(db: Database): InstrumentStore {
  const list = db.prepare(`SELECT ${instrumentColumns} FROM instruments ORDER BY id`)
  const get = db.prepare(`SELECT ${instrumentColumns} FROM instruments WHERE id = ?`)
  const put = db.prepare(
    `INSERT INTO instruments (id, symbol, name, kind, currency, tick_size, lot_size, multiplier, zone, calendar, simulated)
     VALUES (@id, @symbol, @name, @kind, @currency, @tickSize, @lotSize, @multiplier, @zone, @calendar, @simulated)
     ON CONFLICT (id) DO UPDATE SET symbol = excluded.symbol, name = excluded.name, kind = excluded.kind,
     currency = excluded.currency, tick_size = excluded.tick_size, lot_size = excluded.lot_size,
     multiplier = excluded.multiplier, zone = excluded.zone, calendar = excluded.calendar,
     simulated = excluded.simulated`,
  )
  const remove = db.prepare('DELETE FROM instruments WHERE id = ?')
  const at = <Value>(work: () => Value): Value => atPlace({ file: db.name }, work)
  return {
    list: async () => at(() => (list.all() as InstrumentRow[]).map(instrumentOf)),
    async get(id) {
      const row = at(() => get.get(id) as InstrumentRow | undefined)
      return row === undefined ? null : instrumentOf(row)
    },
    async put(instrument) {
      at(() =>
        put.run({ ...instrument, calendar: instrument.calendar ?? null, simulated: instrument.simulated ? 1 : 0 }),
      )
    },
    delete: async (id) => at(() => remove.run(id).changes > 0),
  }
}

/** Settings in `ledger.db`. */
export function createSqliteSettingsStore(db: Database): SettingsStore {
  const get = db.prepare('SELECT value FROM settings WHERE key = ?').pluck()
  const put = db.prepare(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const remove = db.prepare('DELETE FROM settings WHERE key = ?')
  const at = <Value>(work: () => Value): Value => atPlace({ file: db.name }, work)
  return {
    async get(key) {
      const text = at(() => get.get(key) as string | undefined)
      return text === undefined ? null : (JSON.parse(text) as JsonValue)
    },
    async set(key, value) {
      at(() => put.run(key, JSON.stringify(value)))
    },
    delete: async (key) => at(() => remove.run(key).changes > 0),
  }
}
