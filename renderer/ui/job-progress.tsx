import { useTranslation } from 'react-i18next'
import { Progress } from './progress.tsx'

interface JobProgressProps {
  readonly job: {
    readonly kind: string
    readonly subject: string
    readonly done: number
    readonly total: number
    readonly etaMs: number | null
    readonly paused?: boolean | undefined
  }
  onCancel(): void
  onPause?(paused: boolean): void
  /** Without its title. */
  readonly bare?: boolean
}

/** A running job with its kind, subject, progress and cancel. */
export function JobProgress({ job, onCancel, onPause, bare = false }: JobProgressProps) {
  const { t } = useTranslation('ui')
  return (
    <Progress
      label={t(`job.${job.kind}`, { subject: job.subject })}
      bare={bare}
      done={job.done}
      total={job.total}
      etaMs={job.etaMs}
      onCancel={onCancel}
      paused={job.paused}
      {...(onPause === undefined ? {} : { onPause })}
    />
  )
}
