import { dueRollsSchema } from '../contract/channels/futures.ts'
import type { Gives, Handlers, Payload } from '../contract/contract.ts'
import { toWireError } from '../contract/wire-error.ts'
import { DomainError } from '../domain/errors.ts'
import type { SettingsStore } from '../stores/settings-store.ts'
import type { Topics } from './topics.ts'

export type DueRoll = Payload<'futures.rollDue'>
type LiveCalls = Pick<Handlers, 'live.list' | 'live.order'>
type Session = Gives<'live.list'>['sessions'][number]
type Held = Gives<'futures.rolls'>['rolls'][number]['held'][number]

const settingKey = 'futures.due'

interface RollWatch {
  /** What a series is to hold from now on; tells of it when that has changed. */
  holds(roll: {
    readonly series: string
    readonly to: string
    readonly time: number
    readonly gap: number | null
    readonly byRule: boolean
  }): Promise<void>
  /** The series is not followed any more. */
  forget(series: string): Promise<void>
  readonly handlers: Pick<Handlers, 'futures.rolls' | 'futures.roll'>
}

/** Positions of live sessions that a roll of their future leaves behind: told, and carried by hand or by rule. */
export function createRollWatch(settings: SettingsStore, live: LiveCalls, topics: Topics): RollWatch {
  const read = async (): Promise<DueRoll[]> => {
    const stored = dueRollsSchema.safeParse(await settings.get(settingKey))
    return stored.success ? stored.data : []
  }
  const holders = async (contract: string): Promise<Session[]> => {
    const { sessions } = await live['live.list']({})
    return sessions.filter((session) => session.state === 'running' && unitsOf(session, contract) !== 0)
  }
  const roll = async ({ from, to }: DueRoll, session: Session): Promise<number[]> => {
    const { quantity } = heldBy(session, from, to)
    if (!session.config.instruments.includes(to)) {
      throw new DomainError('futures.not-traded', { session: session.name, contract: to })
    }
    const trade = async (instrument: string, size: number) => {
      const { orders } = await live['live.order']({
        ...{ session: session.session, instrument, side: size > 0 ? 'buy' : 'sell', quantity: Math.abs(size) },
        ...{ stopEntry: null, limit: null, trailBy: null, target: null, stop: null, valid: null },
      })
      return orders
    }
    return [...(await trade(from, -quantity)), ...(await trade(to, quantity))]
  }
  const sayFailed = ({ from, to }: DueRoll, { session }: Session, failure: unknown) => {
    const text = `The roll from ${from} to ${to} was not done: ${toWireError(failure).code}`
    topics.publish('live.logged', { session, time: null, kind: 'notify', text })
  }
  return {
    async forget(series) {
      const all = await read()
      await settings.set(
        settingKey,
        all.filter((each) => each.series !== series),
      )
    },
    async holds({ series, to, time, gap, byRule }) {
      const all = await read()
      const before = all.find((each) => each.series === series)
      if (before?.to === to) return
      const due = { series, from: before?.to ?? to, to, time, gap }
      await settings.set(settingKey, [...all.filter((each) => each.series !== series), due])
      // The first time nobody can hold what came before
      if (before === undefined) return
      topics.publish('futures.rollDue', due)
      if (!byRule) return
      for (const session of await holders(due.from)) {
        if (session.config.instruments.includes(to))
          await roll(due, session).catch((failure) => sayFailed(due, session, failure))
      }
    },
    handlers: {
      'futures.rolls': async () => {
        const due = (await read()).filter(({ from, to }) => from !== to)
        const rolls = due.map(async (one) => {
          const held = (await holders(one.from)).map((session) => heldBy(session, one.from, one.to))
          return { ...one, held }
        })
        return { rolls: await Promise.all(rolls) }
      },
      'futures.roll': async ({ series, session: id }) => {
        const due = (await read()).find((each) => each.series === series)
        const session = due === undefined ? undefined : (await holders(due.from)).find(({ session }) => session === id)
        if (due === undefined || session === undefined)
          throw new DomainError('futures.no-roll', { series, session: id })
        return { orders: await roll(due, session) }
      },
    },
  }
}

function heldBy(session: Session, from: string, to: string): Held {
  const { session: id, name, config } = session
  return { session: id, name, quantity: unitsOf(session, from), possible: config.instruments.includes(to) }
}

/** Units held, less what market orders are already taking off: asking twice must not roll twice. */
function unitsOf({ status }: Session, contract: string): number {
  const size = status?.positions.find(({ instrument }) => instrument === contract)?.size ?? 0
  let leaving = 0
  for (const { instrument, side, type, quantity, filled } of status?.orders ?? []) {
    if (instrument !== contract || type !== 'market') continue
    leaving += (side === 'buy' ? 1 : -1) * (quantity - filled)
  }
  return size === 0 || Math.sign(size + leaving) !== Math.sign(size) ? 0 : size + leaving
}
