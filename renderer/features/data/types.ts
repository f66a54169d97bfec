import type { Gives, Reply } from '../../../core/contract/contract.ts'

/** What the service read from the head of a file. */
export type Inspection = Gives<'import.inspect'>
/** How a file is read as bars. */
export type Recipe = Reply<'import.inspect'>['recipe']
/** A line of a file that is no bar, with column and reason. */
export type BadRow = Reply<'import.inspect'>['badRows'][number]
/** What an import did. */
export type ImportResult = Reply<'import.result'>
/** What a column of the file can be. */
export type Role = keyof Recipe['columns']
