import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Preferences } from './types.ts'

/** Every resources/messages/<language>/<namespace>.json, bundled: switching language needs no loading. */
const files = import.meta.glob<Record<string, unknown>>('../../resources/messages/*/*.json', {
  eager: true,
  import: 'default',
})

function resources(): Record<string, Record<string, Record<string, unknown>>> {
  const byLanguage: Record<string, Record<string, Record<string, unknown>>> = {}
  for (const [path, messages] of Object.entries(files)) {
    const [, language = '', namespace = ''] = /\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? []
    byLanguage[language] = { ...byLanguage[language], [namespace]: messages }
  }
  return byLanguage
}

/** Starts the translations. Idempotent, so that a test may call it again. */
export function startI18n(language: Preferences['language']): i18n {
  if (i18next.isInitialized) {
    void i18next.changeLanguage(language)
    return i18next
  }
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    ns: ['app'],
    defaultNS: 'app',
    resources: resources() as never,
    interpolation: { escapeValue: false },
    initAsync: false,
    react: { useSuspense: false },
  })
  return i18next
}
