import { readFile } from 'node:fs/promises'
import { app, type BrowserWindow, protocol, type Session, session, shell } from 'electron'
import { contentSecurityPolicy } from '../../core/node/page-policy.ts'
import { contentType, fileOf, host, isAllowedExternal, scheme } from './page-address.ts'

/** The development server's address; never honoured by an installed app. */
const developmentUrl = (): string | undefined => (app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL)

export function pageUrl(): string {
  return developmentUrl() ?? `${scheme}://${host}/index.html`
}

export function pageOrigin(): string {
  const url = new URL(pageUrl())
  return url.protocol === `${scheme}:` ? `${scheme}://${host}` : url.origin
}

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built page with its headers, and closes every door that a trading screen does not need. */
export function secureSession(rendererFolder: string, target: Session = session.defaultSession): void {
  target.protocol.handle(scheme, async (request) => {
    const file = fileOf(request.url, rendererFolder)
    if (file === undefined) return new Response('not found', { status: 404 })
    const bytes = await readFile(file).catch(() => undefined)
    if (bytes === undefined) return new Response('not found', { status: 404 })
    const headers = new Headers({ 'content-type': contentType(file) })
    headers.set('content-security-policy', contentSecurityPolicy)
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('cross-origin-opener-policy', 'same-origin')
    return new Response(new Uint8Array(bytes), { status: 200, headers })
  })
  target.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(permission === 'clipboard-sanitized-write'),
  )
  target.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  target.setDevicePermissionHandler(() => false)
  target.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isOwnRequest(details.url) }))
}

function isOwnRequest(address: string): boolean {
  const development = developmentUrl()
  if (development !== undefined) {
    const { host: developmentHost } = new URL(development)
    if (new URL(address).host === developmentHost) return true
  }
  return /^(app:|devtools:|data:|blob:app:)/.test(address)
}

/** No navigation, no windows, no webviews; an allow-listed https link opens in the user's browser. */
export function secureWindow(window: BrowserWindow): void {
  const { webContents } = window
  const stay = (event: { preventDefault(): void }, address: string) => {
    if (new URL(address).origin !== new URL(pageUrl()).origin) event.preventDefault()
  }
  webContents.on('will-navigate', (event) => stay(event, event.url))
  webContents.on('will-frame-navigate', (event) => stay(event, event.url))
  webContents.on('will-redirect', (event) => stay(event, event.url))
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.setWindowOpenHandler(({ url }) => {
    if (isAllowedExternal(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}
