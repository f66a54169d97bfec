import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { ensureDefined } from '../../core/lib/assert.ts'
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
  /** A file with the passphrase of the vault, handed over as the third descriptor. */
  readonly passphraseFile?: string
}

/** Starts `tickwright <args>` as a process of its own, as a user's shell does. */
export async function startTerminal(args: readonly string[], options: TerminalOptions): Promise<RunningTerminal> {
  const passphrase = options.passphraseFile === undefined ? undefined : openSync(options.passphraseFile, 'r')
  const child = spawn(process.execPath, [await testTerminal(), ...args], {
    cwd: options.cwd ?? options.home,
    env: plainEnv({
      TICKWRIGHT_HOME: options.home,
      ...(passphrase === undefined ? {} : { TICKWRIGHT_PASSPHRASE_FD: '3' }),
      ...options.env,
    }),
    stdio: ['ignore', 'pipe', 'pipe', passphrase ?? 'ignore'],
  })
  if (passphrase !== undefined) closeSync(passphrase)
  const [out, problems] = [ensureDefined(child.stdout, 'stdout'), ensureDefined(child.stderr, 'stderr')]
  let stdout = ''
  let stderr = ''
  out.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  problems.setEncoding('utf8').on('data', (text: string) => {
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
