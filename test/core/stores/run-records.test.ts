import { expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import type { Reply } from '../../../core/contract/contract.ts'
import type { optimisationSchema } from '../../../core/contract/optimise-schemas.ts'
import type * as schema from '../../../core/contract/schemas.ts'
import type { Coverage } from '../../../core/stores/bar-store.ts'
import type { OptimisationSummary } from '../../../core/stores/optimisation-store.ts'
import type { RunCapsule, RunInstrument, RunLogLine, RunSummary } from '../../../core/stores/run-records.ts'

// `npm run types` is what fails here: stores may not import the contract, so the shapes are written twice.
test('records are stored in the shapes in which the contract sends them', () => {
  expectTypeOf<RunSummary>().toEqualTypeOf<z.output<typeof schema.runSummarySchema>>()
  expectTypeOf<RunCapsule>().toEqualTypeOf<z.output<typeof schema.capsuleSchema>>()
  expectTypeOf<RunInstrument>().toEqualTypeOf<z.output<typeof schema.instrumentSchema>>()
  expectTypeOf<Coverage>().toEqualTypeOf<z.output<typeof schema.coverageSchema>>()
  expectTypeOf<OptimisationSummary>().toEqualTypeOf<z.output<typeof optimisationSchema>>()
  expectTypeOf<RunLogLine[]>().toEqualTypeOf<Reply<'run.get'>['log']>()
})
