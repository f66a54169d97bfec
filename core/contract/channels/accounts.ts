import { z } from 'zod'
import { accountIdSchema, accountSchema } from '../account-schemas.ts'
import { request } from '../define.ts'

const byAccount = z.strictObject({ account: accountIdSchema })

/** Real accounts at venues: where they are, their keys, and what they hold. */
export const accountChannels = {
  'account.list': request({
    about: 'The accounts with the names of the secrets that the vault holds for each, never the secrets.',
    takes: z.strictObject({}),
    gives: z.strictObject({
      accounts: z.array(z.strictObject({ account: accountSchema, secrets: z.array(z.string()) })),
    }),
  }),
  'account.put': request({
    about: 'Adds an account, or changes where it is. Its keys are given with account.secret.',
    takes: z.strictObject({ account: accountSchema }),
    gives: z.strictObject({}),
    fails: ['account.in-use'],
    changes: true,
  }),
  'account.secret': request({
    about: 'Puts a key of an account into the vault.',
    takes: byAccount.extend({ name: z.string().max(32), secret: z.string().min(1).max(10_000) }),
    gives: z.strictObject({}),
    fails: ['account.unknown', 'account.secret', 'vault.locked', 'vault.wrong'],
    changes: true,
  }),
  'account.remove': request({
    about: 'Forgets an account and its keys.',
    takes: byAccount,
    gives: z.strictObject({}),
    fails: ['account.unknown', 'account.in-use'],
    changes: true,
  }),
  'account.test': request({
    about: 'Asks the venue what the account holds and which orders work there, whoever made them.',
    takes: byAccount,
    gives: z.strictObject({
      balances: z.array(z.strictObject({ currency: z.string(), free: z.number(), total: z.number() })),
      orders: z.array(
        z.strictObject({
          venueOrder: z.string(),
          /** The name that its maker gave it; empty: none. Ours begin with `tw-`. */
          id: z.string(),
          symbol: z.string(),
          side: z.enum(['buy', 'sell']),
          quantity: z.number(),
          filled: z.number(),
          price: z.number().nullable(),
        }),
      ),
      latencyMs: z.number(),
    }),
    fails: [
      ...['account.unknown', 'account.secret', 'vault.locked', 'vault.wrong', 'venue.unknown', 'venue.unreachable'],
      ...['venue.busy', 'venue.refused', 'venue.failed', 'venue.unsupported'],
    ] as ['account.unknown'],
  }),
} as const
