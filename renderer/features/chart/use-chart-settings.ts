import { useCallback, useEffect, useRef, useState } from 'react'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { type ChartSettings, defaultSettings, readSettings } from './chart-settings.ts'

/** Settings of one chart, read once and stored at every change. Null until they are known. */
export function useChartSettings(panel: string): {
  readonly settings: ChartSettings | null
  change(patch: Partial<ChartSettings>): void
} {
  const key = `chart:${panel}`
  const [settings, setSettings] = useState<ChartSettings | null>(null)
  const held = useRef(defaultSettings)

  useEffect(() => {
    let current = true
    const take = (stored: unknown) => {
      held.current = readSettings(stored)
      if (current) setSettings(held.current)
    }
    bridge()
      .call('settings.get', { key })
      .then(({ value }) => take(value))
      .catch((error: unknown) => {
        take(null)
        useStore.getState().notifyError(error)
      })
    return () => {
      current = false
    }
  }, [key])

  const change = useCallback(
    (patch: Partial<ChartSettings>) => {
      held.current = { ...held.current, ...patch }
      setSettings(held.current)
      bridge()
        .call('settings.set', { key, value: JSON.parse(JSON.stringify(held.current)) })
        .catch((error: unknown) => useStore.getState().notifyError(error))
    },
    [key],
  )
  return { settings, change }
}
