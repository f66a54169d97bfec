import { lazy, Suspense, useEffect } from 'react'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { useNarrow } from '../ui/use-narrow.ts'
import { registerAppCommands } from './app-commands.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Palette } from './palette.tsx'
import { Phone } from './phone.tsx'
import { bindShortcuts } from './shortcuts.ts'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { StatusBar } from './status-bar.tsx'
import { TitleStrip } from './title-strip.tsx'
import { Toasts } from './toasts.tsx'
import { VaultDialog } from './vault-dialog.tsx'
import { Welcome } from './welcome.tsx'
import { Workspace } from './workspace.tsx'

const ImportHost = lazy(() =>
  import('../features/data/import-host.tsx').then((module) => ({ default: module.ImportHost })),
)

const KillSwitch = lazy(() =>
  import('../features/live/kill-dialog.tsx').then((module) => ({ default: module.KillSwitch })),
)

/** The window: title strip, docked panels, status bar, and what lies above them. */
export function App() {
  const isNarrow = useNarrow()
  useEffect(() => registerAppCommands(), [])
  useEffect(() => bindShortcuts(window), [])
  return (
    <TooltipProvider>
      <div className="tw-window">
        <TitleStrip />
        <main className="tw-workspace">
          <ErrorBoundary place="workspace">{isNarrow ? <Phone /> : <Workspace />}</ErrorBoundary>
          {!isNarrow && <Welcome />}
        </main>
        <StatusBar />
      </div>
      <Palette />
      <ShortcutsDialog />
      <VaultDialog />
      <Toasts />
      <ErrorBoundary place="live">
        <Suspense>
          <KillSwitch />
        </Suspense>
      </ErrorBoundary>
      <ErrorBoundary place="data">
        <Suspense>
          <ImportHost />
        </Suspense>
      </ErrorBoundary>
    </TooltipProvider>
  )
}
