import type { Preferences } from './types.ts'

/** The key under which the service keeps the preferences. */
export const preferencesKey = 'preferences'

const allowed = {
  theme: ['system', 'dark', 'light'],
  language: ['en', 'zh'],
  colours: ['us', 'cn', 'safe'],
  density: ['compact', 'comfortable'],
  zone: ['exchange', 'utc', 'local'],
} as const satisfies { [Key in keyof Preferences]: readonly Preferences[Key][] }

/** Every value a preference may take, in the order in which the settings show them. */
export const preferenceChoices: { readonly [Key in keyof Preferences]: readonly Preferences[Key][] } = allowed

/** Before anything was chosen: language by system; colours by region, as traders of that region expect. */
export function defaultPreferences(locales: readonly string[]): Preferences {
  const locale = (locales[0] ?? 'en').toLowerCase()
  const redUp = /^zh(?!-hk)/.test(locale) || locale.startsWith('ja')
  return {
    theme: 'system',
    language: locale.startsWith('zh') ? 'zh' : 'en',
    colours: redUp ? 'cn' : 'us',
    density: 'compact',
    zone: 'exchange',
  }
}

/** Stored preferences laid over the defaults; whatever is unknown or malformed is left at its default. */
export function readPreferences(stored: unknown, defaults: Preferences): Preferences {
  if (typeof stored !== 'object' || stored === null) return defaults
  const known = Object.entries(stored).filter(([key, value]) =>
    (allowed[key as keyof Preferences] as readonly unknown[] | undefined)?.includes(value),
  )
  return { ...defaults, ...Object.fromEntries(known) }
}

/** Only the preferences out of anything that holds them, ready to be stored. */
export function pickPreferences(from: Preferences): Preferences {
  const { theme, language, colours, density, zone } = from
  return { theme, language, colours, density, zone }
}
