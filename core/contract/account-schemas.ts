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
  /** Interactive Brokers through TWS or its gateway, which holds the login; no secrets. */
  z.strictObject({
    kind: z.literal('ib'),
    id: accountIdSchema,
    host: z.string().min(1).max(255).default('127.0.0.1'),
    /** 7496 TWS, 7497 TWS on paper, 4001 and 4002 the gateway. */
    port: z.number().int().min(1).max(65_535).default(7497),
    /** Of its own at that TWS; the one two after it is used for questions. Orders belong to it: keep it. */
    clientId: z.number().int().min(1).max(30_000).default(40),
    /** Which of the login's accounts; empty: its only one. */
    account: z.string().max(32).default(''),
  }),
])

export const accountsSchema = z.array(accountSchema)

/** Secrets that an account of a kind takes; those that end in ? may be left out. */
export const accountSecrets = { exchange: ['apiKey', 'secret', 'password?'], ib: [] } as const satisfies Record<
  string,
  readonly string[]
>
