import './phone.css'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { PanelId } from '../state/types.ts'
import { Loading } from '../ui/states.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { panels } from './panels.ts'

/** What is worth a look on the way: sessions, prices, runs and their reports. */
const shown: readonly PanelId[] = ['live', 'blotter', 'runs', 'report']

/** The monitor on a phone: one panel at a time. */
export function Phone() {
  const { t } = useTranslation('app')
  const tabs = shown.map((id) => {
    const Panel = panels[id]
    return {
      id,
      title: t(`panels.${id}`),
      content: (
        <section className="phone-panel" aria-label={t(`panels.${id}`)}>
          <ErrorBoundary place={id}>
            <Suspense fallback={<Loading />}>
              <Panel />
            </Suspense>
          </ErrorBoundary>
        </section>
      ),
    }
  })
  return (
    <div className="phone">
      <Tabs label="Tickwright" tabs={tabs} />
    </div>
  )
}
