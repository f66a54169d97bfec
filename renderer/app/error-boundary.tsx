import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/states.tsx'

interface ErrorBoundaryProps {
  /** Panel id or part of the window, for the copied details. */
  readonly place: string
  readonly children: ReactNode
}

/** Keeps a failure inside one panel: the others go on, this one says what happened and can be opened again. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { failure: unknown }> {
  override state: { failure: unknown } = { failure: null }

  static getDerivedStateFromError(failure: unknown): { failure: unknown } {
    return { failure }
  }

  override render(): ReactNode {
    const { failure } = this.state
    if (failure === null) return this.props.children
    return <Broken place={this.props.place} failure={failure} onRetry={() => this.setState({ failure: null })} />
  }
}

function details(place: string, failure: unknown): string {
  const stack = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)
  return `${place}\n${stack}`
}

function Broken({ place, failure, onRetry }: { place: string; failure: unknown; onRetry(): void }) {
  const { t } = useTranslation('app')
  return (
    <Failure title={t('broken.title')} error={failure}>
      <Button variant="primary" onClick={onRetry}>
        {t('broken.retry')}
      </Button>
      <Button onClick={() => void navigator.clipboard.writeText(details(place, failure))}>{t('broken.copy')}</Button>
    </Failure>
  )
}
