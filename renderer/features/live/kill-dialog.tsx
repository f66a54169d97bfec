import './live.css'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { closeKillSwitch, useKillSwitch } from '../../state/kill-switch.ts'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { quantity } from '../../ui/format.ts'

type Killed = Gives<'live.kill'>

/** The kill switch, wherever it was asked for. */
export function KillSwitch() {
  return useKillSwitch((state) => state.isOpen) ? <KillDialog onClose={closeKillSwitch} /> : null
}

/** Says what would be cancelled and closed, does it, and says when all is flat. */
function KillDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('live')
  const [killed, setKilled] = useState<Killed | null>(null)
  const [isBusy, setBusy] = useState(true)
  const [failure, setFailure] = useState<unknown>(null)
  const ask = (confirm: boolean) => {
    setBusy(true)
    kill(confirm)
      .then(setKilled, setFailure)
      .finally(() => setBusy(false))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the preview is asked for once, when the dialog opens.
  useEffect(() => ask(false), [])
  return (
    <Dialog
      open
      title={t('kill.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t(killed?.done === true ? 'kill.close' : 'kill.back')}</Button>
          {killed?.done !== true && (
            <Button variant="danger" disabled={isBusy || killed === null} onClick={() => ask(true)}>
              {t('kill.do')}
            </Button>
          )}
        </>
      }
    >
      <p>{t(killed?.done === true ? 'kill.done' : 'kill.about')}</p>
      {failure !== null && <p role="alert">{errorText(failure)}</p>}
      <ul className="live-kill">
        {killed?.sessions.map((each) => (
          <li key={each.session}>
            <b>{each.name}</b>
            <span>{t('kill.cancels', { count: each.cancels.length })}</span>
            <span>
              {each.closes.length === 0
                ? t('flat')
                : each.closes.map(({ instrument, size }) => `${instrument} ${quantity(size)}`).join(', ')}
            </span>
            {killed.done && <span>{resultOf(each, t)}</span>}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

/** A preview's token is good for a minute only, and whoever confirms may have hesitated: a fresh one is asked for. */
async function kill(confirm: boolean): Promise<Killed> {
  const preview = await bridge().call('live.kill', { confirm: false })
  if (!confirm || preview.token === null) return preview
  return bridge().call('live.kill', { confirm, token: preview.token })
}

function resultOf({ flat, error }: Killed['sessions'][number], t: (key: string) => string): string {
  if (error !== null) return errorText(error)
  return t(flat ? 'kill.flat' : 'kill.notFlat')
}
