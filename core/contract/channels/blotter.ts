import { z } from 'zod'
import { cleaningFindingSchema } from '../blotter-findings.ts'
import {
  blotterConfigSchema,
  blotterStatusSchema,
  marketBarSchema,
  publicKeySchema,
  standingBookSchema,
  watchRowSchema,
} from '../blotter-schemas.ts'
import { request } from '../define.ts'
import * as schema from '../schemas.ts'

const nothing = z.strictObject({})
const startedJob = z.strictObject({ job: schema.jobIdSchema })
const period = {
  instrument: schema.instrumentIdSchema,
  interval: schema.intervalSchema,
  from: schema.epochMsSchema,
  to: schema.epochMsSchema,
}

/** The data service: sources, what they deliver, and what is missing. */
export const blotterChannels = {
  'blotter.config': request({
    about: 'What the blotter collects: its sources and instruments.',
    takes: nothing,
    gives: z.strictObject({ config: blotterConfigSchema }),
  }),
  'blotter.configure': request({
    about: 'Replaces what the blotter collects; one that runs is started anew with it.',
    takes: z.strictObject({ config: blotterConfigSchema }),
    gives: nothing,
    fails: ['store.full', 'interval.invalid'],
    changes: true,
  }),
  'blotter.start': request({
    about: 'Starts to collect; one that runs goes on as it is.',
    takes: nothing,
    gives: nothing,
    fails: ['blotter.empty'],
    changes: true,
  }),
  'blotter.stop': request({
    about: 'Ends collecting once everything heard so far is stored.',
    takes: nothing,
    gives: nothing,
    changes: true,
  }),
  'blotter.status': request({
    about: 'Sources with their state, counts and findings by instrument, queue, the newest problems.',
    takes: nothing,
    gives: z.strictObject({ status: blotterStatusSchema }),
  }),
  'blotter.watch': request({
    about: 'The last figures of every instrument with the time of each; null where nothing was heard.',
    takes: nothing,
    gives: z.strictObject({ at: schema.epochMsSchema, rows: z.array(watchRowSchema) }),
  }),
  'blotter.forming': request({
    about: 'The bar that is forming now of a collected interval; null when there is none.',
    takes: z.strictObject({ instrument: schema.instrumentIdSchema, interval: schema.intervalSchema }),
    gives: z.strictObject({ bar: marketBarSchema.nullable() }),
  }),
  'blotter.book': request({
    about:
      'What stands at each price now: the order book where the blotter streams one, else the best bid and ask of its quotes; null when neither was heard.',
    takes: z.strictObject({
      instrument: schema.instrumentIdSchema,
      levels: z.number().int().min(1).max(1_000).default(50),
    }),
    gives: z.strictObject({ at: schema.epochMsSchema, book: standingBookSchema.nullable() }),
  }),
  'blotter.corrections': request({
    about: 'The newest findings of cleaning, newest first: what was left out or kept, by which rule, and the value.',
    takes: z.strictObject({ limit: z.number().int().min(1).max(5_000).default(200) }),
    gives: z.strictObject({ corrections: z.array(cleaningFindingSchema) }),
  }),
  'blotter.find': request({
    about: 'Instruments of a source whose name holds a text, described as they would be stored.',
    takes: z.strictObject({
      source: z.string().min(1).max(32),
      text: z.string().min(1).max(64),
      limit: z.number().int().min(1).max(200).default(20),
    }),
    gives: z.strictObject({ instruments: z.array(schema.instrumentSchema) }),
    fails: ['source.unknown', 'venue.unreachable', 'venue.symbol', 'venue.failed'],
  }),
  'blotter.key': request({
    about:
      'The public key of this data folder: what another blotter allows, and what its listeners know it by. Made when it is first asked for; the secret half stays in the vault.',
    takes: z.strictObject({}),
    gives: z.strictObject({ publicKey: publicKeySchema }),
    fails: ['vault.locked', 'vault.wrong'],
    changes: true,
  }),
  'blotter.gaps': request({
    about: 'Bars expected and present for each day of a period, and the holes within trading hours.',
    takes: z.strictObject({ ...period, leastBars: z.number().int().min(1).max(10_000).default(1) }),
    gives: z.strictObject({
      days: z.array(
        z.strictObject({
          day: z.string(),
          from: schema.epochMsSchema,
          to: schema.epochMsSchema,
          present: z.number().int(),
          expected: z.number().int(),
        }),
      ),
      gaps: z.array(
        z.strictObject({ from: schema.epochMsSchema, to: schema.epochMsSchema, missing: z.number().int() }),
      ),
    }),
    fails: ['instrument.unknown', 'interval.invalid'],
  }),
  'blotter.backfill': request({
    about: 'Fetches a period of an instrument from its source into the store; what is there already stays. A job.',
    takes: z.strictObject({ ...period, ticks: z.boolean().default(false) }),
    gives: startedJob,
    fails: ['source.unknown', 'instrument.unknown', 'blotter.no-history'],
    changes: true,
  }),
}
