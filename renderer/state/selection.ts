import { bridge } from '../bridge.ts'
import { useStore } from './store.ts'

/** The key under which the service keeps what was looked at last. */
export const selectionKey = 'selection'
/** A selection is stored when it has rested for so many milliseconds. */
const storeAfterMs = 500

/** What a window looks at, and finds again at the next start. */
interface Selection {
  readonly instrument: string | null
  readonly interval: string
  readonly strategy: string | null
  readonly run: string | null
}

/** A stored selection; fields that are missing or malformed are left out. */
export function readSelection(stored: unknown): Partial<Selection> {
  if (typeof stored !== 'object' || stored === null) return {}
  const { instrument, interval, strategy, run } = stored as Record<string, unknown>
  return {
    ...(typeof instrument === 'string' ? { instrument } : {}),
    ...(typeof interval === 'string' && /^[1-9]\d{0,4}[smhdwMy]$/.test(interval) ? { interval } : {}),
    ...(typeof strategy === 'string' ? { strategy } : {}),
    ...(typeof run === 'string' ? { run } : {}),
  }
}

/** Selects what was looked at last; before the catalogue is read, which drops what no longer exists. */
export async function loadSelection(): Promise<void> {
  const { value } = await bridge().call('settings.get', { key: selectionKey })
  useStore.setState(readSelection(value))
}

/** Stores the selection whenever it has changed. Returns what ends it. */
export function keepSelection(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const store = () => {
    const { instrument, interval, strategy, run } = useStore.getState()
    bridge()
      .call('settings.set', { key: selectionKey, value: { instrument, interval, strategy, run } })
      .catch((error: unknown) => useStore.getState().notifyError(error))
  }
  const end = useStore.subscribe((now, before) => {
    const same =
      now.instrument === before.instrument &&
      now.interval === before.interval &&
      now.strategy === before.strategy &&
      now.run === before.run
    if (same) return
    clearTimeout(timer)
    timer = setTimeout(store, storeAfterMs)
  })
  return () => {
    end()
    clearTimeout(timer)
  }
}
