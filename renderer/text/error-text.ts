import i18next from 'i18next'
import { errorSentence } from '../../core/domain/error-sentence.ts'
import type { ErrorData } from '../../core/domain/errors.ts'

/** A DomainError, or the same as it came over the wire: a code with the values its sentence names. */
interface Coded {
  readonly code: string
  readonly data: ErrorData
}

function isCoded(error: unknown): error is Coded {
  if (typeof error !== 'object' || error === null) return false
  const { code, data } = error as Partial<Coded>
  return typeof code === 'string' && typeof data === 'object' && data !== null
}

/** A text of the namespace `errors` in the present language, else in English; undefined when there is none. */
function message(key: string): string | undefined {
  if (!i18next.isInitialized) return undefined
  const found: unknown =
    i18next.getResource(i18next.language, 'errors', key) ?? i18next.getResource('en', 'errors', key)
  return typeof found === 'string' ? found : undefined
}

/** The user's sentence for a failure, the same as in the terminal. */
export function errorText(error: unknown): string {
  if (isCoded(error)) return errorSentence(error.code, error.data, message)
  return errorSentence('internal', { message: error instanceof Error ? error.message : String(error) }, message)
}
