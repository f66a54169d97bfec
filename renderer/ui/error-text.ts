import i18next from 'i18next'

/** A DomainError, or the same as it came over the wire: a code with the values its sentence names. */
interface Coded {
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
}

function isCoded(error: unknown): error is Coded {
  if (typeof error !== 'object' || error === null) return false
  const { code, data } = error as Partial<Coded>
  return typeof code === 'string' && typeof data === 'object' && data !== null
}

/** The user's sentence for a failure: namespace `errors`, key = code, filled with the error's data. */
export function errorText(error: unknown): string {
  if (isCoded(error)) {
    const key = `errors:${error.code}`
    if (i18next.isInitialized && i18next.exists(key)) return i18next.t(key, { ...error.data })
    return error instanceof Error ? error.message : `${error.code} ${JSON.stringify(error.data)}`
  }
  const message = error instanceof Error ? error.message : String(error)
  return i18next.isInitialized && i18next.exists('errors:internal')
    ? i18next.t('errors:internal', { message })
    : message
}
