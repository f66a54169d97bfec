import type { Brand } from '../lib/brand.ts'

/** Stable identity of an Instrument in the store, e.g. `SPX`, `SIM-AAA`. Letters, digits, `.`, `-`, `_`, at most 48. */
export type InstrumentId = Brand<string, 'InstrumentId'>
/** One stored run, e.g. `run-20261123-0001-3fa2`. */
export type RunId = Brand<string, 'RunId'>
/** One long-running piece of work with progress and cancel. */
export type JobId = Brand<string, 'JobId'>

const idPattern = /^[A-Za-z0-9._-]{1,48}$/

/** The id, or undefined when the text cannot be one. */
export function instrumentId(text: string): InstrumentId | undefined {
  return idPattern.test(text) ? (text as InstrumentId) : undefined
}
