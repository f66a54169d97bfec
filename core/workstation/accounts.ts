import { accountSecrets, accountsSchema } from '../contract/account-schemas.ts'
import type { Handlers } from '../contract/contract.ts'
import { DomainError } from '../domain/errors.ts'
import type { LiveRecord } from './live/live-record.ts'
import type { AccountConfig } from './live/venue-port.ts'
import type { Ports } from './ports.ts'

export type AccountHandlers = Pick<Handlers, Extract<keyof Handlers, `account.${string}`>>

const settingKey = 'accounts'

/** Real accounts of a workstation. Where they are is a setting; their keys are in the vault. */
export interface Accounts {
  readonly handlers: AccountHandlers
  /** Throws `account.unknown`. */
  find(id: string): Promise<AccountConfig>
}

export function createAccounts({ stores, live }: Ports): Accounts {
  const { venues, ledger } = live
  const all = async (): Promise<AccountConfig[]> => {
    const stored = accountsSchema.safeParse(await stores.settings.get(settingKey))
    return stored.success ? stored.data : []
  }
  const find = async (id: string) => {
    const found = (await all()).find((each) => each.id === id)
    if (found === undefined) throw new DomainError('account.unknown', { account: id })
    return found
  }
  const refuseInUse = async (id: string) => {
    const using = (await ledger.sessions()).find(
      ({ state, record }) => state === 'running' && (record as LiveRecord).config.account === id,
    )
    if (using !== undefined) throw new DomainError('account.in-use', { account: id, session: using.id })
  }
  const keep = (accounts: readonly AccountConfig[]) => stores.settings.set(settingKey, [...accounts])
  const held = async ({ id, kind }: AccountConfig) => {
    const names = accountSecrets[kind].map((name) => name.replace('?', ''))
    const there = await Promise.all(names.map((name) => venues.hasSecret(id, name)))
    return names.filter((_, index) => there[index])
  }
  return {
    find,
    handlers: {
      'account.list': async () => ({
        accounts: await Promise.all(
          (await all()).map(async (account) => ({ account: { ...account }, secrets: await held(account) })),
        ),
      }),
      'account.put': async ({ account }) => {
        await refuseInUse(account.id)
        const others = (await all()).filter(({ id }) => id !== account.id)
        await keep([...others, account].sort((a, b) => (a.id < b.id ? -1 : 1)))
        return {}
      },
      'account.secret': async ({ account: id, name, secret }) => {
        const { kind } = await find(id)
        const names = accountSecrets[kind].map((each) => each.replace('?', ''))
        if (!names.includes(name)) throw new DomainError('account.secret', { account: id, names: names.join(', ') })
        await venues.setSecret(id, name, secret)
        return {}
      },
      'account.remove': async ({ account: id }) => {
        const { kind } = await find(id)
        await refuseInUse(id)
        await keep((await all()).filter((each) => each.id !== id))
        await venues.forget(
          id,
          accountSecrets[kind].map((name) => name.replace('?', '')),
        )
        return {}
      },
      'account.test': async ({ account }) => {
        const { balances, orders, latencyMs } = await venues.look(await find(account))
        return { balances: balances.map((one) => ({ ...one })), orders: orders.map((one) => ({ ...one })), latencyMs }
      },
    },
  }
}
