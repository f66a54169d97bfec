import { bridge } from '../bridge.ts'
import { defaultPreferences, pickPreferences, preferencesKey, readPreferences } from './preferences.ts'
import type { Slice } from './slice.ts'
import type { Preferences } from './types.ts'

/** How everything is shown. */
export interface PreferenceState extends Preferences {
  /** Changes preferences at once and stores them; a store that refuses is reported, the choice stays for the session. */
  setPreference(patch: Partial<Preferences>): void
  /** Reads what was stored; called once at start. */
  loadPreferences(): Promise<void>
}

const locales = typeof navigator === 'undefined' ? ['en'] : navigator.languages

/** Theme, language, colours, density and zone. */
export const preferenceSlice: Slice<PreferenceState> = (set, get) => ({
  ...defaultPreferences(locales),
  setPreference(patch) {
    set(patch)
    bridge()
      .call('settings.set', { key: preferencesKey, value: { ...pickPreferences(get()) } })
      .catch((error: unknown) => get().notifyError(error))
  },
  async loadPreferences() {
    const { value } = await bridge().call('settings.get', { key: preferencesKey })
    set(readPreferences(value, defaultPreferences(locales)))
  },
})
