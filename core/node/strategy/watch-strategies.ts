import { mkdirSync, watch } from 'node:fs'

const settleMs = 100

/**
 * Tells of every strategy file that was written, renamed or deleted, by us or by another editor, once things have
 * settled. Ends with the returned function. A folder that cannot be watched (some network drives) tells nothing.
 */
export function watchStrategies(folder: string, changed: (name: string) => void): () => void {
  const waiting = new Map<string, NodeJS.Timeout>()
  mkdirSync(folder, { recursive: true })
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name === null || !name.endsWith('.ts')) return
      clearTimeout(waiting.get(name))
      const timer = setTimeout(() => {
        waiting.delete(name)
        changed(name)
      }, settleMs)
      timer.unref()
      waiting.set(name, timer)
    })
    watcher.on('error', () => watcher.close())
    return () => {
      watcher.close()
      for (const timer of waiting.values()) clearTimeout(timer)
    }
  } catch {
    return () => undefined
  }
}
