import { Pause, Play, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { duration } from './format.ts'

interface ProgressProps {
  /** Read aloud, and shown unless `bare`. */
  readonly label: string
  readonly done: number
  /** 0: not known yet, the bar then moves without a figure. */
  readonly total: number
  /** Remaining milliseconds; null while unknown. */
  readonly etaMs?: number | null
  onCancel?(): void
  /** Whether it rests; absent: it cannot. */
  readonly paused?: boolean | undefined
  onPause?(paused: boolean): void
  readonly bare?: boolean
}

/** How far a piece of work is, how long it will take, and the button that stops it. */
export function Progress({ label, done, total, etaMs = null, onCancel, paused, onPause, bare = false }: ProgressProps) {
  const { t } = useTranslation('ui')
  const ratio = total > 0 ? Math.min(1, done / total) : null
  return (
    <div className="tw-progress">
      {!bare && <span className="tw-progress-label">{label}</span>}
      {/* value absent = indeterminate: the platform's own rule */}
      <progress aria-label={label} max={1} {...(ratio === null ? {} : { value: ratio })} />
      <span className="tw-progress-figure">
        {ratio === null ? '' : `${Math.floor(ratio * 100)}%`}
        {etaMs !== null && ratio !== 1 && (
          <> · {t('progress.left', { time: etaMs < 1_000 ? '< 1 s' : duration(etaMs) })}</>
        )}
      </span>
      {paused !== undefined && onPause !== undefined && (
        <IconButton
          icon={paused ? Play : Pause}
          label={t(paused ? 'progress.goOn' : 'progress.pause', { what: label })}
          onClick={() => onPause(!paused)}
        />
      )}
      {onCancel !== undefined && (
        <IconButton icon={X} label={t('progress.cancel', { what: label })} onClick={onCancel} />
      )}
    </div>
  )
}
