import type { z } from 'zod'
import type { Gives } from '../../../core/contract/contract.ts'
import type { badRowSchema, importRecipeSchema } from '../../../core/contract/schemas.ts'

/** How a file is read as bars. */
export type Recipe = z.output<typeof importRecipeSchema>
/** A line of a file that is no bar, with column and reason. */
export type BadRow = z.output<typeof badRowSchema>
/** What the service read from the head of a file. */
export type Inspection = Gives<'import.inspect'>
/** What an import did. */
export type ImportResult = Gives<'import.result'>
/** What a column of the file can be. */
export type Role = keyof Recipe['columns']
