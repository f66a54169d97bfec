import './verdict-badge.css'
import { CircleAlert, CircleCheck, CircleX, LoaderCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Tooltip } from './tooltip.tsx'

interface VerdictBadgeProps {
  /** Undefined: not verified in this session; nothing is shown. */
  readonly verification:
    | {
        readonly state: 'running' | 'identical' | 'different' | 'failed'
        readonly firstDifference: string
        readonly actualHash: string
      }
    | undefined
}

const icons = { running: LoaderCircle, identical: CircleCheck, different: CircleX, failed: CircleAlert } as const

/** Whether a run, repeated from its capsule, gave the same bytes. */
export function VerdictBadge({ verification }: VerdictBadgeProps) {
  const { t } = useTranslation('runs')
  if (verification === undefined) return null
  const { state, firstDifference, actualHash } = verification
  const Icon = icons[state]
  const about = state === 'different' ? firstDifference : state === 'identical' ? actualHash : ''
  return (
    <Tooltip text={about}>
      <span className={`tw-verdict is-${state}`} role="status">
        <Icon size={12} aria-hidden="true" />
        {t(`verdict.${state}`)}
      </span>
    </Tooltip>
  )
}
