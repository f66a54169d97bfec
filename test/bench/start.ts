import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { seconds } from './service.ts'
import type { Row } from './table.ts'

/** From the command to a window whose catalogue can be used: on an empty data folder, and again. */
export async function benchStart(app: string): Promise<Row[]> {
  const home = mkdtempSync(join(tmpdir(), 'tickwright-bench-start-'))
  try {
    const first = await start(app, home)
    const second = await start(app, home)
    const row = (name: string, took: number, goal: string): Row => {
      return { name, seconds: took, baseline: '', baselineSeconds: Number.NaN, goal }
    }
    return [row('first start to a usable window', first, ''), row('second start to a usable window', second, '< 3 s')]
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function start(app: string, home: string): Promise<number> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env
  const opened = Promise.withResolvers<Awaited<ReturnType<typeof _electron.launch>>>()
  const took = await seconds(async () => {
    const window = await _electron.launch({
      args: [app, '--lang=en-US', '--log-level=3'],
      executablePath: process.execPath,
      chromiumSandbox: process.getuid?.() !== 0,
      env: { ...(env as Record<string, string>), TICKWRIGHT_HOME: home },
    })
    opened.resolve(window)
    const page = await window.firstWindow()
    await page.getByText('Store ready').waitFor({ timeout: 60_000 })
    await page.getByText('SPX', { exact: true }).first().waitFor({ timeout: 60_000 })
  })
  await (await opened.promise).close()
  return took
}
