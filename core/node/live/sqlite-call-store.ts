import type { Database } from 'better-sqlite3'
import type { CallStore, KnownCall } from '../../stores/call-store.ts'

const lifeMs = 24 * 3_600_000

/** Calls under their keys in `live.db`. */
export function createSqliteCallStore(db: Database): CallStore {
  const forget = db.prepare('DELETE FROM calls WHERE at < ?')
  const find = db.prepare('SELECT request, answer FROM calls WHERE key = ?')
  const insert = db.prepare('INSERT INTO calls (key, at, request, answer) VALUES (?, ?, ?, NULL)')
  const answered = db.prepare('UPDATE calls SET answer = ? WHERE key = ?')
  const remove = db.prepare('DELETE FROM calls WHERE key = ?')
  const begin = db.transaction((key: string, request: string, at: number): KnownCall | null => {
    forget.run(at - lifeMs)
    const known = find.get(key) as { readonly request: string; readonly answer: string | null } | undefined
    if (known === undefined) {
      insert.run(key, at, request)
      return null
    }
    return { request: known.request, answer: known.answer === null ? null : (JSON.parse(known.answer) as unknown) }
  })
  return {
    begin: async (key, request, at) => begin.immediate(key, request, at),
    async end(key, answer) {
      if (answer === null) remove.run(key)
      else answered.run(JSON.stringify(answer), key)
    },
  }
}
