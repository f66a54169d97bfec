import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu } from 'electron'
import { isDomainError } from '../../core/domain/errors.ts'
import type { Service } from '../../core/node/call-service.ts'
import { sentence } from '../../core/node/cli/sentences.ts'
import { homeFolder } from '../../core/node/home.ts'
import { placesOf } from '../../core/node/places.ts'
import { startService } from '../../core/node/service.ts'
import { serveWindows } from './ipc.ts'
import { createVault } from './keychain-vault.ts'
import { watchKillHotkey } from './kill-hotkey.ts'
import { printPdf } from './print.ts'
import { registerScheme, secureSession } from './security.ts'
import { openWindow } from './window.ts'

const outFolder = join(import.meta.dirname, '..')
const isRoot = process.getuid?.() === 0
const home = homeFolder(process.env)

registerScheme()
app.setPath('userData', join(home, 'window'))
// Root cannot have Chromium's sandbox at all (03, section 3); everybody else must.
if (!isRoot && !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
if (process.platform !== 'darwin') Menu.setApplicationMenu(null)

if (app.requestSingleInstanceLock()) {
  // Never awaited at top level: "ready" comes only after this module has been evaluated.
  app.whenReady().then(start).catch(fail)
} else {
  process.stderr.write('Tickwright is already open: its window was brought forward.\n')
  app.quit()
}

async function start(): Promise<void> {
  secureSession(join(outFolder, 'renderer'))
  const starting = startService({ home, outFolder, role: 'desktop', printPdf, vault: createVault(home), restart })
  const windows = serveWindows(starting)
  const open = () => openWindow(join(outFolder, 'preload', 'preload.cjs'), windows.attach)
  let window: BrowserWindow | undefined = open()
  window.on('closed', () => {
    window = undefined
  })
  const show = () => {
    window ??= open()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  app.on('second-instance', show)
  app.on('activate', () => {
    window ??= open()
  })
  app.on('window-all-closed', () => app.quit())
  closeInOrder(starting)
  app.on('will-quit', watchKillHotkey(await starting, show))
}

/** In order: `before-quit` closes the service, then the next process takes over. */
function restart(): void {
  app.relaunch()
  app.quit()
}

/** The store must have checkpointed and released its lock before the process ends. */
function closeInOrder(starting: Promise<Service>): void {
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    const quit = () => {
      closed = true
      app.quit()
    }
    starting.then((service) => service.close()).then(quit, quit)
  })
}

/** A start that cannot go on says why in the user's words; what nobody designed also says where. */
function fail(failure: unknown): void {
  const language = app.getLocale().startsWith('zh') ? 'zh' : 'en'
  const text = sentence(failure, placesOf(outFolder).resources, language)
  process.stderr.write(`${text}\n`)
  if (!isDomainError(failure)) process.stderr.write(`${failure instanceof Error ? failure.stack : String(failure)}\n`)
  dialog.showErrorBox('Tickwright', text)
  app.exit(1)
}
