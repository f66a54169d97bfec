import { globalShortcut } from 'electron'
import { callService, type Service } from '../../core/node/call-service.ts'

/** Works in every program, as long as a session trades. */
export const killHotkey = 'CommandOrControl+Alt+Shift+K'

/**
 * Takes the hotkey while a session trades here, and gives it back when none does: it brings the window forward with the
 * kill switch in it, which says what it would do before it does it. Ends with the returned function.
 */
export function watchKillHotkey(service: Service, show: () => void): () => void {
  const running = new Set<string>()
  const follow = () => {
    const isTaken = globalShortcut.isRegistered(killHotkey)
    if (running.size === 0 && isTaken) globalShortcut.unregister(killHotkey)
    // Another program may have it; the button and the terminal are still there
    if (running.size > 0 && !isTaken) globalShortcut.register(killHotkey, ask)
  }
  const ask = () => {
    show()
    service.workstation.topics.publish('live.killAsked', {})
  }
  const hear = ({ session, state }: { readonly session: string; readonly state: string }) => {
    if (state === 'running') running.add(session)
    else running.delete(session)
    follow()
  }
  const stop = service.subscribe('live.changed', hear)
  void callService(service, 'live.list', {}).then(
    ({ sessions }) => sessions.forEach(hear),
    () => undefined,
  )
  return () => {
    stop()
    globalShortcut.unregister(killHotkey)
  }
}
