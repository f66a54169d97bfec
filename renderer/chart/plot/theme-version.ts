import { useSyncExternalStore } from 'react'

let version = 0
const listeners = new Set<() => void>()
let observer: MutationObserver | null = null

/** A canvas cannot follow tokens by itself: it is redrawn when theme, colours or density of <html> change. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  observer ??= new MutationObserver(() => {
    version += 1
    for (const heard of [...listeners]) heard()
  })
  if (listeners.size === 1) {
    observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-colours', 'data-density'] })
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) observer?.disconnect()
  }
}

/** Grows whenever the look of the window changes. */
export function useThemeVersion(): number {
  return useSyncExternalStore(subscribe, () => version)
}
