import { type ChildProcess, spawn } from 'node:child_process'
import { plainEnv, testTerminal } from './test-build.ts'

export interface TerminalEnd {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningTerminal {
  readonly child: ChildProcess
  /** What came on stdout so far. */
  stdout(): string
  stderr(): string
  readonly ended: Promise<TerminalEnd>
}

export interface TerminalOptions {
  readonly home: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts `tickwright <args>` as a process of its own, as a user's shell does. */
export async function startTerminal(args: readonly string[], options: TerminalOptions): Promise<RunningTerminal> {
  const child = spawn(process.execPath, [await testTerminal(), ...args], {
    cwd: options.cwd ?? options.home,
    env: plainEnv({ TICKWRIGHT_HOME: options.home, ...options.env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<TerminalEnd>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { child, stdout: () => stdout, stderr: () => stderr, ended }
}

/** Runs `tickwright <args>` to its end. */
export async function terminal(args: readonly string[], options: TerminalOptions): Promise<TerminalEnd> {
  return (await startTerminal(args, options)).ended
}
