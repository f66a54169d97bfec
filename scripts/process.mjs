// Starting programs: exit codes, signals, and a display of our own where there is none.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { hasDisplay, ROOT } from './bootstrap.mjs'

/** A program that ended with something else than 0; `exit` is the status to hand on. */
export class ExitError extends Error {
  constructor(program, code, signal) {
    super(`${path.basename(program)} ended with ${signal ?? code}`)
    this.exit = code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 0)
  }
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }

// Some tools colour their output without looking where it goes; a log file should stay readable.
const COLOURS = process.stdout.isTTY || process.env.FORCE_COLOR ? {} : { NO_COLOR: '1' }

/** The file of a package below node_modules. */
export const bin = (file) => path.join(ROOT, 'node_modules', file)

/**
 * Runs a program to its end with our stdin, stdout and stderr, passing signals on.
 * Rejects with an {@link ExitError} when it does not end with 0.
 */
export function run(program, args, { env = {}, cwd = ROOT, stdio = 'inherit', signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio, cwd, signal, env: { ...process.env, ...COLOURS, ...env } })
    // A terminal sends Ctrl-C to the whole group: passing it on as well would look like pressing it twice.
    const pass = (name) => (name === 'SIGINT' && process.stdin.isTTY) || child.kill(name)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const name of signals) process.on(name, pass)
    child.on('error', reject)
    child.on('close', (code, endedBy) => {
      for (const name of signals) process.off(name, pass)
      code === 0 ? resolve() : reject(new ExitError(program, code, endedBy))
    })
  })
}

/** Runs a script of a package with the Node that runs us. */
export const node = (script, args = [], options = {}) => run(process.execPath, [bin(script), ...args], options)

/** Options that make Electron behave as Node 24: the runtime that ships (better-sqlite3 13 crashes on Node 20). */
export const asNode = (options = {}) => ({ ...options, env: { ELECTRON_RUN_AS_NODE: '1', ...options.env } })

// Xvfb by ourselves instead of xvfb-run: needs no xauth, picks a free display, and a SIGTERM reaches Electron first.
async function startVirtualDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true, // Ctrl-C in the terminal must not take the display away before the program ends
  })
  const number = await new Promise((resolve, reject) => {
    let text = ''
    server.stdio[3].on('data', (data) => {
      text += data
      if (text.includes('\n')) resolve(text.trim())
    })
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
  })
  return { display: `:${number}`, stop: () => server.kill() }
}

/** Calls `action` with the environment of a screen: the user's, else a virtual one that lives as long as the action. */
export async function withDisplay(action) {
  if (hasDisplay()) return action({})
  const screen = await startVirtualDisplay()
  try {
    return await action({ DISPLAY: screen.display })
  } finally {
    screen.stop()
  }
}
