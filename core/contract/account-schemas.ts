import { z } from 'zod'

/** Name of a real account; `paper` is none. */
export const accountIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
  .refine((id) => id !== 'paper')

/** Where an account is. Its keys are secrets, and not here. */
export const accountSchema = z.discriminatedUnion('kind', [
  /** A crypto exchange through ccxt; secrets `apiKey`, `secret` and, where the exchange has one, `password`. */
  z.strictObject({
    kind: z.literal('exchange'),
    id: accountIdSchema,
    /** ccxt's id, e.g. `binance`. */
    exchange: z.string().regex(/^[a-z0-9]{1,32}$/),
    /** Which of its markets. */
    market: z.enum(['spot', 'swap', 'future']).default('spot'),
    /** A server in front of the exchange; null: none. See sources of the blotter. */
    gateway: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    /** How often the venue is asked while an order works, ms; its streams are heard besides. */
    pollMs: z.number().int().min(200).max(60_000).default(1_000),
  }),
])

export const accountsSchema = z.array(accountSchema)

/** Secrets that an account of a kind takes; those that end in ? may be left out. */
export const accountSecrets = { exchange: ['apiKey', 'secret', 'password?'] } as const
