import { bridge } from '../bridge.ts'
import { defaultPreferences, pickPreferences, preferencesKey, readPreferences } from './preferences.ts'
import type { PreferenceState, Slice } from './state.ts'

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
