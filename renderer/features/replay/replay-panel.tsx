import './replay.css'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBacktest } from '../../state/backtest-setup.ts'
import { registerCommands } from '../../state/commands.ts'
import { useStore } from '../../state/store.ts'
import { Empty, Loading } from '../../ui/states.tsx'
import { ReplayDesk } from './replay-desk.tsx'
import { ReplaySetup } from './replay-setup.tsx'
import { useReplay } from './use-replay.ts'

/** Practice on the past: a market that unfolds bar by bar, traded by hand on simulated money. */
export function ReplayPanel() {
  const { t } = useTranslation('replay')
  const phase = useReplay((desk) => desk.phase)
  const loaded = useBacktest((state) => state.loaded)
  const catalogue = useStore((state) => state.catalogue.state)
  const hasData = useStore((state) => state.coverage.length > 0)

  useEffect(() => {
    void useBacktest.getState().load()
    void useReplay.getState().look()
    return registerReplayCommands()
  }, [])

  if (!loaded || catalogue === 'loading' || phase === 'looking') return <Loading />
  if (phase === 'opening') return <Loading text={t('opening')} />
  if (phase === 'open') return <ReplayDesk />
  if (!hasData) return <Empty title={t('noData.title')} text={t('noData.text')} />
  return <ReplaySetup />
}

function registerReplayCommands(): () => void {
  const desk = useReplay.getState
  const isOpen = () => desk().phase === 'open'
  const command = (name: string, run: () => unknown) => ({
    id: `replay.${name}`,
    group: 'replay',
    titleKey: `replay:command.${name}`,
    enabled: isOpen,
    run: () => void run(),
  })
  return registerCommands([
    command('play', () => (desk().isPlaying ? desk().pause() : desk().play())),
    command('step', () => desk().step(1)),
    command('nextEvent', () => desk().nextEvent()),
    command('flatten', () => desk().flatten()),
    command('cancelAll', () => desk().cancelAll()),
    command('restart', () => desk().restart()),
    command('save', () => desk().save()),
    command('close', () => desk().close()),
  ])
}
