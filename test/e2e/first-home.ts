import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** A data folder as the first start of a terminal leaves it: sample data and templates, whose types are checked. */
export const firstHome = path.join(root, 'out', 'e2e-first-home')

/** Made once for all tests: each of fifty windows would make the same for itself. */
// biome-ignore lint/style/noDefaultExport: Playwright takes a set-up as the default export of its file.
export default function makeFirstHome(): void {
  rmSync(firstHome, { recursive: true, force: true })
  mkdirSync(firstHome, { recursive: true })
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', TICKWRIGHT_HOME: firstHome }
  const electron = path.join(root, 'node_modules/electron/dist/electron')
  for (const name of ['sma-cross.ts', 'breakout-bracket.ts', 'rsi-reversion.ts']) {
    const takes = JSON.stringify({ strategy: { kind: 'saved', name } })
    execFileSync(electron, [path.join(root, 'out/main/cli.js'), 'call', 'strategy.check', takes], { env })
  }
}
