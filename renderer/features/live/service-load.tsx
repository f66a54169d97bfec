import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Payload } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { bytes, count, ratioPercent } from '../../ui/format.ts'
import { type LiveSession, useLive } from './use-live.ts'

/** CPU and memory of the service, and what its sessions have still to work on. */
export function ServiceLoad() {
  const { t } = useTranslation('live')
  const [load, setLoad] = useState<Payload<'service.loaded'> | null>(null)
  const waiting = useLive(({ sessions }) => waitingOf(sessions))
  useEffect(() => bridge().subscribe('service.loaded', setLoad), [])
  return (
    <span className="live-load" title={t('load.about')}>
      {t('load.text', {
        cpu: ratioPercent(load?.cpu ?? null),
        memory: load === null ? '–' : bytes(load.memoryBytes),
        waiting: count(waiting),
      })}
    </span>
  )
}

function waitingOf(sessions: readonly LiveSession[]): number {
  return sessions.reduce((sum, { waiting }) => sum + waiting, 0)
}
