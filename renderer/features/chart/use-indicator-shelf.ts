import { useCallback, useEffect, useRef, useState } from 'react'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { emptyShelf, type IndicatorShelf, readShelf } from './indicator-search.ts'

const key = 'chart:indicators'

/** Favourite and recently used indicators: the same for every chart, stored at each change. */
export function useIndicatorShelf(): {
  readonly shelf: IndicatorShelf
  change(next: (shelf: IndicatorShelf) => IndicatorShelf): void
} {
  const [shelf, setShelf] = useState(emptyShelf)
  const held = useRef(emptyShelf)
  useEffect(() => {
    let current = true
    bridge()
      .call('settings.get', { key })
      .then(({ value }) => {
        held.current = readShelf(value)
        if (current) setShelf(held.current)
      })
      .catch((error: unknown) => useStore.getState().notifyError(error))
    return () => {
      current = false
    }
  }, [])
  const change = useCallback((next: (shelf: IndicatorShelf) => IndicatorShelf) => {
    held.current = next(held.current)
    setShelf(held.current)
    bridge()
      .call('settings.set', { key, value: JSON.parse(JSON.stringify(held.current)) })
      .catch((error: unknown) => useStore.getState().notifyError(error))
  }, [])
  return { shelf, change }
}
