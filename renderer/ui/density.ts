import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-density'] })
  return () => observer.disconnect()
}

function read(): 'compact' | 'comfortable' {
  return document.documentElement.dataset.density === 'comfortable' ? 'comfortable' : 'compact'
}

/** The density of the window, as `data-density` on `<html>` says it to the styles. */
export function useDensity(): 'compact' | 'comfortable' {
  return useSyncExternalStore(subscribe, read)
}
