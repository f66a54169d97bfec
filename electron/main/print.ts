import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'
import type { PrintTask } from '../../core/node/reports/print-pdf.ts'

/** Prints a page in a hidden window: no script runs in it, and it shares nothing with the workstation's window. */
export async function printPdf(html: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tickwright-print-'))
  try {
    const page = join(folder, 'page.html')
    await writeFile(page, html)
    return await printPage(page)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Does the task of another process and ends with its outcome. */
export async function runPrintTask(task: PrintTask): Promise<void> {
  app.setPath('userData', task.profile)
  app.on('window-all-closed', () => undefined)
  await app.whenReady()
  await writeFile(task.pdf, await printPage(task.page))
  app.exit(0)
}

async function printPage(page: string): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    // Offscreen: a window of the headless platform ends the program as soon as it is made.
    webPreferences: { offscreen: true, sandbox: true, contextIsolation: true, javascript: false, partition: 'print' },
  })
  try {
    await window.loadFile(page)
    return await window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true })
  } finally {
    window.destroy()
  }
}
