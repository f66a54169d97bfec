import { z } from 'zod'
import { marketKinds } from '../domain/market-message.ts'
import { epochMsSchema } from './schemas.ts'

/** One finding of cleaning. */
export const cleaningFindingSchema = z.strictObject({
  instrument: z.string(),
  kind: z.enum(marketKinds),
  rule: z.string(),
  action: z.enum(['dropped', 'kept']),
  time: epochMsSchema,
  value: z.number().nullable(),
  at: epochMsSchema,
})
