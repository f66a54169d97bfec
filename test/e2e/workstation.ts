import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Locator, type Page } from '@playwright/test'
import { firstHome } from './first-home.ts'

/** The checkout: what `out/` was built from. */
export const root = path.resolve(import.meta.dirname, '../..')

/** An opened desktop with everything that a test asks of it. */
export interface Workstation {
  readonly app: ElectronApplication
  readonly page: Page
  /** The data folder, its own for each workstation unless given. */
  readonly home: string
  /** What went wrong in the page so far, CSP violations included; a test ends with none. */
  readonly faults: string[]
  /** The panel of that name, which is brought forward by its tab. */
  panel(name: string): Promise<Locator>
  close(): Promise<void>
}

export interface OpenOptions {
  readonly home?: string
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** A data folder in which nothing ever ran, made by the window itself. */
  readonly isFresh?: boolean
  /** Leave the card of the first start where it is. */
  readonly keepWelcome?: boolean
  /** The language to start in is that of the system; tests read English. */
  readonly language?: string
}

/** A new, empty folder below the system's temporary one. */
export const emptyFolder = (name: string): string => mkdtempSync(path.join(tmpdir(), `tickwright-${name}-`))

/** The environment in which the window starts: a data folder of its own, Electron as Electron. */
export function desktopEnv(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...inherited } = process.env
  return { ...(inherited as Record<string, string>), TICKWRIGHT_HOME: home, ...more }
}

const launchMs = 40_000
const closeMs = 10_000

/** Starts the built desktop and waits until its catalogue can be used. */
export async function openWorkstation(options: OpenOptions = {}): Promise<Workstation> {
  const home = options.home ?? emptyFolder('home')
  mkdirSync(home, { recursive: true })
  if (options.home === undefined && options.isFresh !== true) cpSync(firstHome, home, { recursive: true })
  const app = await _electron.launch({
    args: [root, `--lang=${options.language ?? 'en-US'}`, '--log-level=3', ...(options.args ?? [])],
    chromiumSandbox: process.env.TICKWRIGHT_SANDBOX === '1',
    env: desktopEnv(home, options.env),
    timeout: launchMs,
  })
  const page = await app.firstWindow({ timeout: launchMs })
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.stack ?? error.message}`))
  page.on('crash', () => faults.push('the page crashed'))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.setDefaultTimeout(15_000)
  await expect(page.getByRole('contentinfo').locator('[data-state="ready"]')).toBeVisible({ timeout: launchMs })
  if (options.keepWelcome !== true) await dismissWelcome(page)
  let isOpen = true
  app.on('close', () => {
    isOpen = false
  })
  const close = async () => {
    if (isOpen) await closeApp(app)
  }
  return { app, page, home, faults, panel: (name) => bringForward(page, name), close }
}

async function dismissWelcome(page: Page): Promise<void> {
  const card = page.getByRole('region', { name: 'Welcome to Tickwright' })
  // The card comes with the first answer of the service, and only on the first start.
  await card.getByRole('button', { name: 'Close' }).click()
  await expect(card).toBeHidden()
}

/** A panel by its title, in front of its neighbours. */
async function bringForward(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name, exact: true }).first().click()
  const panel = page.locator('.tw-panel').and(page.getByRole('region', { name, exact: true }))
  await expect(panel).toBeVisible()
  return panel
}

/** Ends the app in order; one that does not end in time is killed and fails the test. */
async function closeApp(app: ElectronApplication): Promise<void> {
  const child = app.process()
  let killed = false
  const timer = setTimeout(() => {
    killed = true
    child.kill('SIGKILL')
  }, closeMs)
  await app.close()
  clearTimeout(timer)
  if (killed) throw new Error(`the window did not close within ${closeMs / 1000} s`)
}

/** `desk`: a workstation of its own for the test, closed and checked for faults at its end. */
export const test = base.extend<{ openOptions: OpenOptions; desk: Workstation }>({
  openOptions: [{}, { option: true }],
  desk: async ({ openOptions }, use) => {
    const desk = await openWorkstation(openOptions)
    await use(desk)
    await desk.close()
    expect(desk.faults, 'errors in the page').toEqual([])
    if (openOptions.home === undefined) rmSync(desk.home, { recursive: true, force: true })
  },
})

export { expect } from '@playwright/test'
