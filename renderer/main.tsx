import { createRoot, type Root } from 'react-dom/client'
import { App } from './app/app.tsx'
import { applyAppearance } from './app/appearance.ts'
import { Login } from './app/login.tsx'
import { setBridge } from './bridge.ts'
import { createWebBridge, heldToken } from './bridge-web.ts'
import { connect } from './state/connect.ts'
import { startI18n } from './state/i18n.ts'
import { keepSelection, loadSelection } from './state/selection.ts'
import { useStore } from './state/store.ts'
import './styles/index.css'

async function start(root: Root): Promise<void> {
  // The first paint already has the user's theme and language; a service that cannot say keeps the defaults.
  await Promise.all([useStore.getState().loadPreferences(), loadSelection()]).catch((error: unknown) =>
    useStore.getState().notifyError(error),
  )
  connect()
  keepSelection()
  root.render(<App />)
}

/** In a browser there is no preload: the service that sent the page is asked over HTTP, with the token of the user. */
function startInBrowser(root: Root): void {
  const open = (token: string) => {
    setBridge(createWebBridge(token))
    void start(root)
  }
  const token = heldToken()
  if (token === null) root.render(<Login onToken={open} />)
  else open(token)
}

const element = document.getElementById('root')
if (element !== null) {
  const root = createRoot(element)
  startI18n(useStore.getState().language)
  applyAppearance()
  if (window.tickwright === undefined) startInBrowser(root)
  else void start(root)
}
