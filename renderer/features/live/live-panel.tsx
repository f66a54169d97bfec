import './live.css'
import { Plus, RadioTower } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBacktest } from '../../state/backtest-setup.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { LiveBar } from './live-bar.tsx'
import { SessionCards } from './session-cards.tsx'
import { SessionDetail } from './session-detail.tsx'
import { SessionTable } from './session-table.tsx'
import { StartForm } from './start-form.tsx'
import { followLive, useLive } from './use-live.ts'

/** The monitoring screen: every session that trades, what it has and what it does, and the switch that ends it all. */
export function LivePanel() {
  const { t } = useTranslation('live')
  const { phase, failure, sessions, isStarting, load } = useLive()
  const isNarrow = useNarrow()
  useEffect(() => {
    void useBacktest.getState().load()
    void load()
    return followLive()
  }, [load])
  if (phase !== 'ready') return <Loading />
  if (failure !== null) return <Failure error={failure} onRetry={() => void load()} />
  if (isStarting) return <StartForm />
  if (sessions.length === 0) {
    return (
      <Empty icon={RadioTower} title={t('empty.title')} text={t('empty.text')}>
        <Button variant="primary" icon={Plus} onClick={() => useLive.setState({ isStarting: true })}>
          {t('new')}
        </Button>
      </Empty>
    )
  }
  return (
    <section className="live" aria-label={t('title')}>
      <LiveBar />
      <div className="live-sessions">{isNarrow ? <SessionCards /> : <SessionTable />}</div>
      <SessionDetail />
    </section>
  )
}
