import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setSourceMapsEnabled } from 'node:process'
import { app } from 'electron'
import { verbNames } from '../core/node/cli/verb-names.ts'
import { printVariable } from '../core/node/reports/print-variable.ts'

// Must run before the modules whose stacks it maps are loaded.
setSourceMapsEnabled(true)

const terminalArgs = process.env.TICKWRIGHT_TERMINAL
const printTask = process.env[printVariable]

if (printTask !== undefined) {
  // Never awaited at top level: "ready" comes only after this module has been evaluated.
  import('./main/print.ts').then(({ runPrintTask }) => runPrintTask(JSON.parse(printTask))).catch(fail)
} else if (terminalArgs !== undefined) runAsTerminal(JSON.parse(terminalArgs) as string[]).catch(fail)
else {
  const words = commandLine(process.argv.slice(1))
  if (words === undefined) import('./main/index.ts').catch(fail)
  // Not app.exit: the display would be looked for before it takes effect.
  else process.exit(restartWithoutDisplay(words))
}

/** The words from the first verb on, when nothing but switches (and, in development, the app's folder) comes before it. */
function commandLine(args: readonly string[]): readonly string[] | undefined {
  const at = args.findIndex((word) => verbNames.has(word))
  const before = args.slice(0, Math.max(0, at)).filter((word) => !word.startsWith('-'))
  return at >= 0 && before.length <= (app.isPackaged ? 0 : 1) ? args.slice(at) : undefined
}

/**
 * An installed app is also the terminal: `tickwright backtest …`. Running as plain Node is fused off, so the program
 * starts itself once more on a platform without a display; without one, the display would be looked for and missed.
 */
function restartWithoutDisplay(words: readonly string[]): number {
  const own = app.isPackaged ? [] : [app.getAppPath()]
  const switches = ['--ozone-platform=headless', '--disable-gpu', '--log-level=3', '--no-sandbox']
  const env = { ...process.env, TICKWRIGHT_TERMINAL: JSON.stringify(words) }
  return spawnSync(process.execPath, [...switches, ...own], { stdio: 'inherit', env }).status ?? 1
}

async function runAsTerminal(words: readonly string[]): Promise<void> {
  const parent = process.ppid
  // A service whose starter was killed must not live on unseen.
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref()
  const { runTerminal } = await import('../core/node/cli/run-terminal.ts')
  const code = await runTerminal(words, join(import.meta.dirname, '..'))
  app.exit(code)
}

function fail(failure: unknown): void {
  process.stderr.write(`${failure instanceof Error ? failure.stack : String(failure)}\n`)
  app.exit(1)
}
