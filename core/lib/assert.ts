/** Throws `Invariant: …` when our own reasoning is broken; a caller's mistake is a `DomainError` instead. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant: ${message}`)
}

/** Ends a switch over a union: adding a variant then fails to compile here. */
export function assertNever(value: never): never {
  throw new Error(`Invariant: unexpected variant ${JSON.stringify(value)}`)
}

/** The value, or an invariant failure that names what was missing. */
export function ensureDefined<Value>(value: Value | undefined | null, what: string): Value {
  invariant(value !== undefined && value !== null, `${what} is missing`)
  return value
}
