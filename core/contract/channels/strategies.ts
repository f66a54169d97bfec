import { z } from 'zod'
import { request } from '../define.ts'
import * as schema from '../schemas.ts'

const nothing = z.strictObject({})

/** The strategies folder. */
export const strategyChannels = {
  'strategy.list': request({
    about: 'The strategies folder.',
    takes: nothing,
    gives: z.strictObject({
      strategies: z.array(schema.strategySchema),
      templates: z.array(z.strictObject({ id: z.string(), title: z.strictObject({ en: z.string(), zh: z.string() }) })),
    }),
  }),
  'strategy.read': request({
    about: 'The text of a strategy.',
    takes: z.strictObject({ name: schema.strategyNameSchema }),
    gives: z.strictObject({ name: schema.strategyNameSchema, code: z.string(), updatedAt: schema.epochMsSchema }),
    fails: ['strategy.unknown'],
  }),
  'strategy.save': request({
    about: 'Writes a strategy atomically.',
    takes: z.strictObject({ name: schema.strategyNameSchema, code: z.string().max(2_000_000) }),
    gives: z.strictObject({ updatedAt: schema.epochMsSchema }),
    fails: ['store.full'],
    changes: true,
  }),
  'strategy.create': request({
    about: 'A new strategy from a template.',
    takes: z.strictObject({ name: schema.strategyNameSchema, template: z.string().max(64) }),
    gives: z.strictObject({ name: schema.strategyNameSchema }),
    fails: ['strategy.exists', 'template.unknown', 'store.full'],
    changes: true,
  }),
  'strategy.rename': request({
    about: 'Renames a strategy.',
    takes: z.strictObject({ name: schema.strategyNameSchema, to: schema.strategyNameSchema }),
    gives: nothing,
    fails: ['strategy.unknown', 'strategy.exists'],
    changes: true,
  }),
  'strategy.delete': request({
    about: 'Deletes a strategy file; runs keep the code they used.',
    takes: z.strictObject({ name: schema.strategyNameSchema }),
    gives: nothing,
    fails: ['strategy.unknown'],
    changes: true,
  }),
  'strategy.check': request({
    about: 'Compiles and type-checks a strategy: problems with their place, and the declared parameters.',
    takes: z.strictObject({ strategy: schema.strategyRefSchema }),
    gives: z.strictObject({
      title: z.string(),
      params: z.array(schema.paramSpecSchema),
      problems: z.array(schema.problemSchema),
    }),
    fails: ['strategy.unknown'],
  }),
  'strategy.api': request({
    about: 'The type declarations of the module `tickwright`, for editors.',
    takes: nothing,
    gives: z.strictObject({ declarations: z.string() }),
  }),
} as const
