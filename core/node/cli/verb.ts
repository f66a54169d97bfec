import type { ParseArgsConfig } from 'node:util'
import { readMoment } from '../../domain/run-notation.ts'
import type { Service } from '../call-service.ts'
import type { Output } from './output.ts'

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

/** What a verb works with. */
export interface VerbContext {
  readonly output: Output
  readonly values: OptionValues
  readonly positionals: readonly string[]
  /** The workstation over the data folder, started on first use. */
  service(): Promise<Service>
  readonly home: string
  readonly resources: string
  readonly outFolder: string
  /** Called when the user presses Ctrl-C. */
  onInterrupt(stop: () => void): void
}

/** One word of `tickwright <verb>`. */
export interface Verb {
  readonly name: string
  /** How many words it takes besides options; one more is a mistake that nobody should have to find. */
  readonly words: number
  readonly usage: string
  readonly about: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  /** True when it stays and has the data folder to itself, instead of one command beside a running desktop. */
  readonly stays?: (words: readonly string[]) => boolean
  /** Exit code; a thrown DomainError becomes its sentence and exit code 1. */
  run(context: VerbContext): Promise<number>
}

export const exitCode = { done: 0, failed: 1, usage: 2, different: 3, interrupted: 130 } as const

/** A wrong command line: its message and the verb's usage go to stderr, exit code 2. */
export class UsageError extends Error {}

export function text(values: OptionValues, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

export function texts(values: OptionValues, name: string): string[] {
  const value = values[name]
  if (Array.isArray(value)) return value.filter((part): part is string => typeof part === 'string')
  return typeof value === 'string' ? [value] : []
}

export function flag(values: OptionValues, name: string): boolean {
  return values[name] === true
}

export function number(values: OptionValues, name: string): number | undefined {
  const value = text(values, name)
  if (value === undefined) return undefined
  const parsed = Number(value)
  if (value.trim() === '' || !Number.isFinite(parsed))
    throw new UsageError(`--${name} must be a number, was “${value}”`)
  return parsed
}

export function positional(context: VerbContext, index: number, what: string): string {
  const value = context.positionals[index]
  if (value === undefined) throw new UsageError(`${what} is missing`)
  return value
}

/** ISO date or time to EpochMs, UTC when no zone is written; null when the option is absent. */
export function time(values: OptionValues, name: string): number | null {
  const value = text(values, name)
  return value === undefined ? null : momentOf(name, value)
}

/** As `time`, of a text; `name` is the option that it belongs to. */
export function momentOf(name: string, value: string): number {
  const parsed = readMoment(value)
  if (Number.isNaN(parsed)) throw new UsageError(`--${name} must be a date such as 2020-01-31, was “${value}”`)
  return parsed
}
