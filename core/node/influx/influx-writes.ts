import type { InfluxConnection } from './influx-connection.ts'
import type { InfluxPlan } from './influx-plan.ts'
import { recordLine, type SeriesRecord } from './influx-records.ts'
import type { InfluxSeries } from './influx-table.ts'

/** Lines in one request: about a megabyte, far below what servers take. */
const requestLines = 10_000

/** Writes of one store, one after the other: each reads what is there first. */
export function createTurns(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
}

export async function writeLines(connection: InfluxConnection, lines: readonly string[]): Promise<void> {
  for (let from = 0; from < lines.length; from += requestLines) {
    await connection.write(lines.slice(from, from + requestLines))
  }
}

/** Carries out plans. Their records are opened before and must be closed after: a write that ended half way is then known. */
export async function carryOut(
  connection: InfluxConnection,
  writes: readonly { readonly series: InfluxSeries; readonly plan: InfluxPlan; readonly record: SeriesRecord }[],
): Promise<void> {
  const opened = writes.map(({ record }) => recordLine({ ...record, isOpen: true }))
  await writeLines(connection, [...opened, ...writes.flatMap(({ plan }) => plan.lines)])
  for (const { series, plan } of writes) {
    const { table, tags } = series
    for (const stamp of plan.gone) {
      await connection.remove({ measurement: table.measurement, tags, from: stamp, to: stamp + 2n })
    }
  }
}
