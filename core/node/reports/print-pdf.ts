import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DomainError } from '../../domain/errors.ts'
import type { ReportFilesPort } from '../../workstation/ports.ts'
import { printVariable } from './print-variable.ts'

/** A page that another process is to print; `printVariable` carries it and electron/boot.ts reads it. */
export interface PrintTask {
  readonly page: string
  readonly pdf: string
  /** A folder for what Chromium keeps. */
  readonly profile: string
}

const patienceMs = 60_000

/**
 * Prints with a hidden window of this very program, started once more as an app; on Linux it needs no display. Null
 * where the runtime is not Electron.
 */
export function printerOf(outFolder: string): ReportFilesPort['printPdf'] {
  if (process.versions.electron === undefined) return null
  return async (html) => {
    const folder = await mkdtemp(join(tmpdir(), 'tickwright-print-'))
    try {
      const task = { page: join(folder, 'page.html'), pdf: join(folder, 'page.pdf'), profile: join(folder, 'profile') }
      await writeFile(task.page, html)
      await printed(outFolder, task)
      return await readFile(task.pdf)
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    }
  }
}

async function printed(outFolder: string, task: PrintTask): Promise<void> {
  const root = dirname(outFolder)
  const own = root.endsWith('app.asar') ? [] : [root]
  const headless = process.platform === 'linux' ? ['--ozone-platform=headless'] : []
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const { ELECTRON_RUN_AS_NODE: _, TICKWRIGHT_TERMINAL: __, ...env } = process.env
  const child = spawn(process.execPath, [...headless, '--disable-gpu', '--log-level=3', ...asRoot, ...own], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...env, [printVariable]: JSON.stringify(task) },
    timeout: patienceMs,
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-400)
  })
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed)
    child.on('close', done)
  })
  if (code !== 0) throw new DomainError('report.no-printer', { reason: said.trim() || String(code) })
}
