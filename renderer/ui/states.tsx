import { CircleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../text/error-text.ts'
import { Button } from './button.tsx'

interface EmptyProps {
  readonly title: string
  /** The next step, in words. */
  readonly text?: ReactNode
  readonly icon?: LucideIcon
  /** Buttons that take the next step. */
  readonly children?: ReactNode
}

/** Nothing here yet, and what to do about it. */
export function Empty({ title, text, icon: Icon, children }: EmptyProps) {
  return (
    <div className="tw-state">
      {Icon !== undefined && <Icon size={22} strokeWidth={1.5} aria-hidden="true" />}
      <p className="tw-state-title">{title}</p>
      {text !== undefined && <p className="tw-state-text">{text}</p>}
      {children !== undefined && <div className="tw-state-actions">{children}</div>}
    </div>
  )
}

/** Something is being fetched. Shown after a moment only, so that fast answers do not flicker. */
export function Loading({ text }: { readonly text?: string }) {
  const { t } = useTranslation('ui')
  return (
    <div className="tw-state tw-loading" role="status" aria-live="polite">
      <span className="tw-spinner" aria-hidden="true" />
      <p className="tw-state-text">{text ?? t('loading')}</p>
    </div>
  )
}

interface FailureProps {
  readonly error: unknown
  /** What was attempted, e.g. "The runs could not be read". */
  readonly title?: string
  /** Tries again. */
  onRetry?(): void
  readonly children?: ReactNode
}

/** Something failed: its sentence and the next step. */
export function Failure({ error, title, onRetry, children }: FailureProps) {
  const { t } = useTranslation('ui')
  return (
    <div className="tw-state tw-failure" role="alert">
      <CircleAlert size={22} strokeWidth={1.5} aria-hidden="true" />
      <p className="tw-state-title">{title ?? t('failure.title')}</p>
      <p className="tw-state-text">{errorText(error)}</p>
      <div className="tw-state-actions">
        {onRetry !== undefined && <Button onClick={onRetry}>{t('failure.retry')}</Button>}
        {children}
      </div>
    </div>
  )
}
