import { Pause, Play, Square } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MenuItem } from '../../ui/menu.tsx'
import { Table } from '../../ui/table.tsx'
import { sessionColumns } from './session-columns.ts'
import { type LiveSession, useLive } from './use-live.ts'

/** Every session; the selected one is shown below. */
export function SessionTable() {
  const { t } = useTranslation('live')
  const { sessions, selected } = useLive()
  const now = useClock()
  const columns = useMemo(() => sessionColumns(sessions, now, t), [sessions, now, t])
  const at = sessions.findIndex(({ session }) => session === selected)
  return (
    <Table
      label={t('sessions')}
      rows={sessions.length}
      columns={columns}
      selected={at < 0 ? null : at}
      onSelect={(row) => {
        const session = sessions[row]?.session
        if (session !== undefined && session !== selected) void useLive.getState().select(session)
      }}
      menu={(row) => menuOf(sessions[row], t)}
    />
  )
}

/** What can be done with a session, by its menu as by its buttons. */
function menuOf(session: LiveSession | undefined, t: (key: string) => string): MenuItem[] {
  if (session?.state !== 'running' || session.status === null) return []
  const { session: id, status } = session
  const { act } = useLive.getState()
  return [
    {
      label: t(status.paused ? 'resume' : 'pause'),
      icon: status.paused ? Play : Pause,
      run: () => void act('live.pause', { session: id, paused: !status.paused }),
    },
    { label: t('stop'), icon: Square, run: () => void act('live.stop', { session: id, flatten: false }) },
    { label: t('stopFlat'), icon: Square, run: () => void act('live.stop', { session: id, flatten: true }) },
  ]
}

/** The time, for ages; it goes on once a second. */
export function useClock(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
