import { useTranslation } from 'react-i18next'
import { date } from '../../ui/date-time.ts'
import type { Walk } from './use-stored.ts'

interface WalkTimelineProps {
  readonly windows: Walk['reply']['windows']
}

/** Windows above one another: where parameters were chosen, and where the choice was run. */
export function WalkTimeline({ windows }: WalkTimelineProps) {
  const { t } = useTranslation('optimiser')
  const start = Math.min(...windows.map(({ from }) => from))
  const end = Math.max(...windows.map(({ to }) => to))
  const share = (time: number) => `${((time - start) / (end - start)) * 100}%`
  return (
    <figure className="optimiser-timeline">
      <figcaption>
        <span className="optimiser-key is-inside">{t('walk.inside')}</span>
        <span className="optimiser-key is-outside">{t('walk.outside')}</span>
        <span className="optimiser-note">
          {date(start, 'utc')} – {date(end - 1, 'utc')}
        </span>
      </figcaption>
      <div className="optimiser-timeline-rows">
        {windows.map(({ from, cut, to }, k) => (
          <div
            key={from + cut}
            className="optimiser-timeline-row"
            title={t('walk.windowTitle', {
              window: k + 1,
              from: date(from, 'utc'),
              cut: date(cut, 'utc'),
              to: date(to - 1, 'utc'),
            })}
          >
            <span className="is-inside" style={{ left: share(from), width: share(start + cut - from) }} />
            <span className="is-outside" style={{ left: share(cut), width: share(start + to - cut) }} />
          </div>
        ))}
      </div>
    </figure>
  )
}
