import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { applyAppearance } from './app/appearance.ts'
import { connect } from './state/connect.ts'
import { startI18n } from './state/i18n.ts'
import { keepSelection, loadSelection } from './state/selection.ts'
import { useStore } from './state/store.ts'
import './styles/index.css'

async function start(): Promise<void> {
  startI18n(useStore.getState().language)
  applyAppearance()
  // The first paint already has the user's theme and language; a service that cannot say keeps the defaults.
  await Promise.all([useStore.getState().loadPreferences(), loadSelection()]).catch((error: unknown) =>
    useStore.getState().notifyError(error),
  )
  connect()
  keepSelection()
  const root = document.getElementById('root')
  if (root !== null) createRoot(root).render(<App />)
}

void start()
