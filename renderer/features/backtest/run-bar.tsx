import { CircleAlert, Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { problemOf, useBacktest } from '../../state/backtest-setup.ts'
import { backtestLine } from '../../state/cli-line.ts'
import { openPlace } from '../../state/editor-request.ts'
import type { BacktestConfig } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { CommandLine } from '../../ui/command-line.tsx'
import { Progress } from '../../ui/progress.tsx'

interface RunBarProps {
  /** What would run; null while something essential is missing. */
  readonly config: BacktestConfig | null
  readonly isReady: boolean
}

/** The lower edge of the panel: run, progress, why it failed, and the terminal line that does the same. */
export function RunBar({ config, isReady }: RunBarProps) {
  const { t } = useTranslation('backtest')
  const started = useBacktest((state) => state.started)
  const job = useStore((state) => (started === null ? undefined : state.jobs[started.job]))
  return (
    <footer className="backtest-run">
      <RunFailure />
      <div className="backtest-run-line">
        <Button
          variant="primary"
          icon={Play}
          disabled={!isReady || started !== null}
          onClick={() => void useBacktest.getState().start()}
        >
          {t('run')}
        </Button>
        {started === null ? (
          <span className="backtest-note">{t(isReady ? 'runHint' : 'notReady')}</span>
        ) : (
          <Progress
            bare
            label={t('running')}
            done={job?.done ?? 0}
            total={job?.total ?? 0}
            etaMs={job?.etaMs ?? null}
            onCancel={() => useBacktest.getState().cancel()}
          />
        )}
      </div>
      {config !== null && <CommandLine line={backtestLine(config)} />}
    </footer>
  )
}

/** Why the last run failed, with the place and the way there. */
function RunFailure() {
  const { t } = useTranslation('backtest')
  const failure = useBacktest((state) => state.failure)
  if (failure === null) return null
  const problem = problemOf(failure.error)
  return (
    <div className="backtest-failure" role="alert">
      <CircleAlert size={14} aria-hidden="true" />
      <p>{errorText(failure.error)}</p>
      {problem !== null && (
        <Button onClick={() => openPlace(failure.strategy, problem.line, problem.column)}>
          {t('openLine', { line: problem.line })}
        </Button>
      )}
    </div>
  )
}
