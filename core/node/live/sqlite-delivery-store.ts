import type { Database } from 'better-sqlite3'
import type { Delivery, DeliveryStore } from '../../stores/delivery-store.ts'

type Row = Omit<Delivery, 'notice' | 'critical' | 'updatedAt'> & {
  readonly notice: string
  readonly critical: 0 | 1
  readonly updated_at: number
}

/** The delivery log in `live.db`. */
export function createSqliteDeliveryStore(db: Database): DeliveryStore {
  const put = db.prepare(
    `INSERT INTO deliveries (id, channel, state, at, updated_at, due, attempts, repeats, critical, reason, notice, count)
     VALUES (@id, @channel, @state, @at, @updatedAt, @due, @attempts, @repeats, @critical, @reason, @notice, @count)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at, due = excluded.due,
     attempts = excluded.attempts, repeats = excluded.repeats, reason = excluded.reason`,
  )
  const putAll = db.transaction((deliveries: readonly Delivery[]) => {
    for (const { notice, critical, ...rest } of deliveries)
      put.run({ ...rest, notice: JSON.stringify(notice), critical: critical ? 1 : 0 })
  })
  const pending = db.prepare("SELECT * FROM deliveries WHERE state IN ('queued', 'sent') ORDER BY number")
  const unheard = db.prepare("SELECT * FROM deliveries WHERE critical = 1 AND state = 'accepted' ORDER BY number")
  const find = db.prepare(
    `SELECT * FROM deliveries WHERE (@channel IS NULL OR channel = @channel) AND (@state IS NULL OR state = @state)
     AND (@text = '' OR instr(lower(notice), lower(@text)) > 0) ORDER BY number DESC LIMIT @limit`,
  )
  return {
    put: async (deliveries) => putAll.immediate(deliveries),
    pending: async () => (pending.all() as Row[]).map(toDelivery),
    unacknowledged: async () => (unheard.all() as Row[]).map(toDelivery),
    find: async (query) => (find.all(query) as Row[]).map(toDelivery),
  }
}

function toDelivery({ id, channel, state, at, updated_at, due, attempts, repeats, ...rest }: Row): Delivery {
  const { critical, reason, notice, count } = rest
  return {
    ...{ id, channel, state, at, updatedAt: updated_at, due, attempts, repeats, reason, count },
    critical: critical === 1,
    notice: JSON.parse(notice) as unknown,
  }
}
