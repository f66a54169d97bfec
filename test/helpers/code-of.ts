import { DomainError } from '../../core/domain/errors.ts'

/** The code of the expected failure that an action ends with; anything else is thrown on, or undefined: no failure. */
export function codeOf(action: () => unknown): string | undefined {
  try {
    action()
    return undefined
  } catch (failure) {
    if (failure instanceof DomainError) return failure.code
    throw failure
  }
}
