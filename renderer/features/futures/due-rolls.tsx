import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button } from '../../ui/button.tsx'
import { missing } from '../../ui/format.ts'

/** Rolls that positions of live sessions wait for; nothing when there are none. */
export function DueRolls() {
  const { t } = useTranslation('futures')
  const { answer, reload } = useRequest('futures.rolls', {})
  useEffect(() => {
    const ends = [bridge().subscribe('futures.rollDue', reload), bridge().subscribe('live.filled', reload)]
    return () => {
      for (const end of ends) end()
    }
  }, [reload])
  const waiting = (answered(answer)?.rolls ?? []).filter(({ held }) => held.length > 0)
  if (waiting.length === 0) return null
  const roll = async (series: string, session: string) => {
    try {
      await bridge().call('futures.roll', { series, session })
      reload()
    } catch (error) {
      useStore.getState().notifyError(error)
    }
  }
  return (
    <section className="futures-due" aria-label={t('due.title')}>
      {waiting.flatMap(({ series, from, to, gap, held }) =>
        held.map(({ session, name, quantity, possible }) => (
          <p key={`${series} ${session}`}>
            {t('due.line', { series, from, to, name, quantity, gap: gap === null ? missing : gap })}{' '}
            {possible ? (
              <Button onClick={() => void roll(series, session)}>{t('due.roll')}</Button>
            ) : (
              <span>{t('due.byHand', { to })}</span>
            )}
          </p>
        )),
      )}
    </section>
  )
}
