import i18next from 'i18next'
import { isDomainError } from '../../core/domain/errors.ts'

/** The user's sentence for a failure: namespace `errors`, key = code, filled with the error's data. */
export function errorText(error: unknown): string {
  if (isDomainError(error)) {
    const key = `errors:${error.code}`
    if (i18next.isInitialized && i18next.exists(key)) return i18next.t(key, { ...error.data })
    return error.message
  }
  const message = error instanceof Error ? error.message : String(error)
  return i18next.isInitialized && i18next.exists('errors:internal')
    ? i18next.t('errors:internal', { message })
    : message
}
