import type { Verdict } from '../orders.ts'

/** A reference file as parsed JSON. */
export type Content = Readonly<Record<string, unknown>>

/** One format: which files are of it, told by their content and never by their name, and what runs their cases. */
export interface ReferenceKind {
  readonly kind: string
  readonly fits: (content: Content, first: Content) => boolean
  /** Absent: nothing runs this format yet. */
  readonly check?: (content: Content, path: string) => readonly Verdict[]
}

/** True for an object with all of these properties. */
export function hasKeys(value: unknown, ...names: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => name in value)
}
