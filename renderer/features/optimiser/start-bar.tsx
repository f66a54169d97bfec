import { CircleAlert, Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { CommandLine } from '../../ui/command-line.tsx'
import { count, duration } from '../../ui/format.ts'
import { optimiseLine } from './optimise-line.ts'
import { useOptimiser } from './use-optimiser.ts'
import type { Question } from './use-question.ts'

/** The lower edge of the form: how many points, how long, start, and the terminal line that does the same. */
export function StartBar({ question }: { readonly question: Question }) {
  const { t } = useTranslation('optimiser')
  const { config, isReady, plan } = question
  const isStarting = useOptimiser((state) => state.isStarting)
  const failure = useOptimiser((state) => state.failure)
  const refused = failure ?? (plan.state === 'failed' ? plan.error : null)
  return (
    <footer className="optimiser-start">
      {refused !== null && (
        <div className="optimiser-failure" role="alert">
          <CircleAlert size={14} aria-hidden="true" />
          <p>{errorText(refused)}</p>
        </div>
      )}
      <div className="optimiser-start-line">
        <Button
          variant="primary"
          icon={Play}
          disabled={!isReady || config === null || isStarting || plan.state === 'failed'}
          onClick={() => config !== null && void useOptimiser.getState().start(config)}
        >
          {t('start')}
        </Button>
        <span className="optimiser-note" aria-live="polite">
          {refused === null && <PlanText question={question} />}
        </span>
      </div>
      {config !== null && isReady && <CommandLine line={optimiseLine(config)} />}
    </footer>
  )
}

/** `60 of 72 points · 9 windows · about 2.1 s on 2 cores`. */
function PlanText({ question }: { readonly question: Question }) {
  const { t } = useTranslation('optimiser')
  const { plan, estimate, isReady } = question
  if (!isReady) return t('notReady')
  if (plan.state !== 'ready') return t('counting')
  const { points, combinations, planned, windows, workers } = plan.data
  const all =
    combinations === null || combinations === points
      ? t('plan.points', { count: points, points: count(points) })
      : t('plan.pointsOf', { points: count(points), combinations: count(combinations) })
  const walked = windows === null ? [] : [t('plan.windows', { windows: count(windows.length), trials: count(planned) })]
  const seconds = estimate?.planned === planned ? estimate.seconds : null
  const time = seconds === null ? [] : [t('plan.time', { time: duration(seconds * 1000), workers })]
  return [all, ...walked, ...time].join(' · ')
}
