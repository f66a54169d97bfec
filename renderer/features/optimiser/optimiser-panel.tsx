import './optimiser.css'
import { FlaskConical } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBacktest } from '../../state/backtest-setup.ts'
import { registerCommands } from '../../state/commands.ts'
import { useStore } from '../../state/store.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, Loading } from '../../ui/states.tsx'
import { QuestionForm } from './question-form.tsx'
import { ResultsView } from './results-view.tsx'
import { useOptimiser } from './use-optimiser.ts'
import { useQuestion } from './use-question.ts'

/** Asks which parameters are good, and shows what was found and how much of it may be luck. */
export function OptimiserPanel() {
  const { t } = useTranslation('optimiser')
  const loaded = useOptimiser((state) => state.loaded)
  const configured = useBacktest((state) => state.loaded)
  const strategies = useStore((state) => state.strategies)
  const catalogue = useStore((state) => state.catalogue.state)

  useEffect(() => {
    void useOptimiser.getState().load()
    void useBacktest.getState().load()
  }, [])

  if (!loaded || !configured || catalogue === 'loading') return <Loading />
  if (strategies.length === 0) {
    return (
      <Empty icon={FlaskConical} title={t('noStrategies.title')} text={t('noStrategies.text')}>
        <Button variant="primary" onClick={() => useStore.getState().openPanel('editor')}>
          {t('noStrategies.action')}
        </Button>
      </Empty>
    )
  }
  return <Optimiser />
}

function Optimiser() {
  const question = useQuestion()
  const { config, isReady } = question
  useEffect(
    () =>
      registerCommands([
        {
          id: 'optimiser.start',
          titleKey: 'optimiser:command.start',
          group: 'run',
          shortcut: '$mod+Shift+Enter',
          enabled: () => isReady && config !== null,
          run: () => config !== null && void useOptimiser.getState().start(config),
        },
        {
          id: 'optimiser.cancel',
          titleKey: 'optimiser:command.cancel',
          group: 'run',
          enabled: () => runningJob() !== undefined,
          run() {
            const job = runningJob()
            if (job !== undefined) void useStore.getState().cancelJob(job.id)
          },
        },
      ]),
    [config, isReady],
  )
  return (
    <div className="optimiser">
      <div className="optimiser-layout">
        <QuestionForm question={question} />
        <ResultsView />
      </div>
    </div>
  )
}

function runningJob() {
  return Object.values(useStore.getState().jobs).find((job) => {
    return job.state === 'running' && (job.kind === 'optimise' || job.kind === 'walk-forward')
  })
}
