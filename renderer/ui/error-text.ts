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

/** The user's sentence for a failure, in the window's language: the same texts as the terminal's. */
export function errorText(error: unknown): string {
  if (isCoded(error)) return errorSentence(error.code, error.data, findMessage)
  const message = error instanceof Error ? error.message : String(error)
  return i18next.isInitialized ? errorSentence('internal', { message }, findMessage) : message
}

function findMessage(key: string): string | undefined {
  if (!i18next.isInitialized) return undefined
  for (const language of i18next.languages) {
    const text: unknown = i18next.getResource(language, 'errors', key)
    if (typeof text === 'string') return text
  }
  return undefined
}
