import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron'
import { pageUrl, secureWindow } from './security.ts'

interface WindowPlace extends Rectangle {
  readonly maximised: boolean
}

const placeFile = () => join(app.getPath('userData'), 'window-place.json')
const firstSize = { width: 1600, height: 1000 }

/** Opens the one window where it was last closed, on a screen that still exists. */
export function openWindow(preload: string, attach: (window: BrowserWindow) => void): BrowserWindow {
  const place = restoredPlace()
  const window = new BrowserWindow({
    ...firstSize,
    ...(place ?? {}),
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Tickwright',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1216' : '#ffffff',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      // A monitoring screen goes on drawing when it is behind another window.
      backgroundThrottling: false,
    },
  })
  secureWindow(window)
  attach(window)
  if (place?.maximised === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => keepPlace(window))
  void window.loadURL(pageUrl())
  return window
}

function keepPlace(window: BrowserWindow): void {
  const place: WindowPlace = { ...window.getNormalBounds(), maximised: window.isMaximized() }
  try {
    writeFileSync(placeFile(), JSON.stringify(place))
  } catch {
    // The place of a window is a comfort: a full or read-only disk must not keep the app from closing.
  }
}

function restoredPlace(): WindowPlace | undefined {
  try {
    const place = JSON.parse(readFileSync(placeFile(), 'utf8')) as WindowPlace
    const area = screen.getDisplayMatching(place).workArea
    const visible =
      place.x < area.x + area.width &&
      place.x + place.width > area.x &&
      place.y >= area.y - 40 &&
      place.y < area.y + area.height
    return visible && place.width >= 400 && place.height >= 300 ? place : undefined
  } catch {
    return undefined
  }
}
