import { z } from 'zod'

/** A stretch of a continuous series that one contract gave: it traded at (price − shift) / factor. */
export const contractSpanSchema = z.strictObject({
  code: z.string().max(64),
  /** Open time of its first bar. */
  first: z.number(),
  shift: z.number(),
  factor: z.number(),
  /** Price of this contract less that of the one before; null: the first, or never known together. */
  gap: z.number().nullable(),
})
