import { useSyncExternalStore } from 'react'

const query = '(max-width: 599px)'

/** True on a screen as narrow as a phone's, in a browser: no docked panel can be used there. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia?.(query)
      list?.addEventListener('change', changed)
      return () => list?.removeEventListener('change', changed)
    },
    () => window.matchMedia?.(query).matches ?? false,
  )
}
