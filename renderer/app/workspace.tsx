import {
  type DockviewApi,
  DockviewReact,
  type DockviewReadyEvent,
  type DockviewTheme,
  type IDockviewPanelProps,
  type IWatermarkPanelProps,
} from 'dockview-react'
import { LayoutDashboard } from 'lucide-react'
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../bridge.ts'
import { registerCommands, runCommand } from '../state/commands.ts'
import { useStore } from '../state/store.ts'
import { type PanelId, panelIds } from '../state/types.ts'
import { Button } from '../ui/button.tsx'
import { Empty, Loading } from '../ui/states.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import {
  floatPanel,
  layoutKey,
  layoutToStore,
  openDefaultLayout,
  panelShortcut,
  restoreLayout,
  showPanel,
} from './layout.ts'
import { panels } from './panels.ts'

const theme: DockviewTheme = { name: 'tickwright', className: 'tw-dock', gap: 4, dndTabIndicator: 'line' }
/** A layout is stored when it has rested for so many milliseconds. */
const storeAfterMs = 400

/** Content of one panel: loaded when first seen, and kept from then on. */
function PanelHost({ api }: IDockviewPanelProps) {
  const [seen, setSeen] = useState(api.isVisible)
  useEffect(() => {
    const subscription = api.onDidVisibilityChange(({ isVisible }) => {
      if (isVisible) setSeen(true)
    })
    return () => subscription.dispose()
  }, [api])
  const Panel = panels[api.id as PanelId]
  return (
    <section className="tw-panel" data-panel={api.id} aria-label={api.title} tabIndex={-1}>
      {seen && (
        <ErrorBoundary place={api.id}>
          <Suspense fallback={<Loading />}>
            <Panel />
          </Suspense>
        </ErrorBoundary>
      )}
    </section>
  )
}

/** Shown when every panel was closed. */
function EmptyWorkspace(_: IWatermarkPanelProps) {
  const { t } = useTranslation('app')
  return (
    <Empty icon={LayoutDashboard} title={t('workspace.empty')} text={t('workspace.emptyText')}>
      <Button variant="primary" onClick={() => runCommand('layout.reset')}>
        {t('workspace.reset')}
      </Button>
    </Empty>
  )
}

const components = { panel: PanelHost }

/** The docked panels: moved, floated, resized, closed and opened again by the user; kept between starts. */
export function Workspace() {
  const { t, i18n } = useTranslation('app')
  const [dock, setDock] = useState<DockviewApi | null>(null)
  const title = useCallback((panel: PanelId) => t(`panels.${panel}`), [t])

  const ready = useCallback(
    ({ api }: DockviewReadyEvent) => {
      const { notify, notifyError } = useStore.getState()
      const panelTitle = (panel: PanelId) => i18n.t(`app:panels.${panel}`)
      void bridge()
        .call('settings.get', { key: layoutKey })
        .catch((error: unknown) => {
          notifyError(error)
          return { value: null }
        })
        .then(({ value }) => {
          if (!restoreLayout(api, value, panelTitle)) {
            notify({ severity: 'warning', text: i18n.t('app:workspace.layoutUnreadable') })
          }
          setDock(api)
        })
    },
    [i18n],
  )

  useStoredLayout(dock)
  usePanelRequests(dock, title)
  useEffect(() => {
    for (const panel of dock?.panels ?? []) panel.api.setTitle(title(panel.id as PanelId))
  }, [dock, title])
  useEffect(() => (dock === null ? undefined : registerLayoutCommands(dock, title)), [dock, title])

  const messages = useMemo(
    () => ({
      closeTab: (name: string) => t('workspace.close', { panel: name }),
      closeTabPlain: () => t('workspace.closeTab'),
    }),
    [t],
  )
  return (
    <DockviewReact
      components={components}
      watermarkComponent={EmptyWorkspace}
      theme={theme}
      messages={messages}
      floatingGroupBounds="boundedWithinViewport"
      onReady={ready}
    />
  )
}

function useStoredLayout(dock: DockviewApi | null): void {
  useEffect(() => {
    if (dock === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const store = () => {
      timer = undefined
      bridge()
        .call('settings.set', { key: layoutKey, value: layoutToStore(dock) as never })
        .catch((error: unknown) => useStore.getState().notifyError(error))
    }
    const subscription = dock.onDidLayoutChange(() => {
      clearTimeout(timer)
      timer = setTimeout(store, storeAfterMs)
    })
    return () => {
      subscription.dispose()
      clearTimeout(timer)
    }
  }, [dock])
}

function usePanelRequests(dock: DockviewApi | null, title: (panel: PanelId) => string): void {
  const request = useStore((state) => state.panelRequest)
  const done = useRef(0)
  useEffect(() => {
    if (dock === null || request === null || request.sequence === done.current) return
    done.current = request.sequence
    showPanel(dock, request.panel, title)
  }, [dock, request, title])
}

/** Keys go to the panel in front, unless one of its controls has them already. */
function focusActive(dock: DockviewApi): void {
  const panel = document.querySelector<HTMLElement>(`.tw-panel[data-panel="${dock.activePanel?.id ?? ''}"]`)
  if (panel !== null && !panel.contains(document.activeElement)) panel.focus()
}

function registerLayoutCommands(dock: DockviewApi, title: (panel: PanelId) => string): () => void {
  const active = () => dock.activePanel
  return registerCommands([
    { id: 'layout.reset', group: 'view', titleKey: 'commands:layout.reset', run: () => openDefaultLayout(dock, title) },
    {
      id: 'layout.maximize',
      group: 'view',
      titleKey: 'commands:layout.maximize',
      shortcut: 'Alt+Enter',
      run: () => (dock.hasMaximizedGroup() ? dock.exitMaximizedGroup() : active()?.api.maximize()),
    },
    {
      id: 'layout.float',
      group: 'view',
      titleKey: 'commands:layout.float',
      run() {
        const panel = active()
        if (panel !== undefined) floatPanel(dock, panel)
      },
    },
    ...(['next', 'previous'] as const).map((way) => ({
      id: `layout.${way}`,
      group: 'view',
      titleKey: `commands:layout.${way}`,
      shortcut: way === 'next' ? 'F6' : 'Shift+F6',
      run() {
        if (way === 'next') dock.moveToNext({ includePanel: false })
        else dock.moveToPrevious({ includePanel: false })
        focusActive(dock)
      },
    })),
    {
      id: 'layout.close',
      group: 'view',
      titleKey: 'commands:layout.close',
      shortcut: 'Alt+KeyW',
      run: () => active()?.api.close(),
    },
    ...panelIds.map((panel, index) => ({
      id: `go.${panel}`,
      group: 'go',
      titleKey: `commands:go.${panel}`,
      shortcut: panelShortcut(index),
      run() {
        showPanel(dock, panel, title)
        focusActive(dock)
      },
    })),
  ])
}
