import { spawn } from 'node:child_process'
import path from 'node:path'
import { desktopEnv, root } from './workstation.ts'

/** Electron's program: run as Node it is the terminal's runtime. */
export const electronProgram = path.join(root, 'node_modules/electron/dist/electron')

/** What a program left behind. `status` is null when a signal ended it. */
export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env: Record<string, string>
  readonly timeoutMs: number
  readonly cwd?: string
  readonly uid?: number
  readonly gid?: number
}

/** Runs a program to its end; it is killed after `timeoutMs`, so that nothing a test starts can outlive it. */
export function runProgram(
  program: string,
  args: readonly string[],
  { timeoutMs, ...options }: RunOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (data) => {
      stdout += data
    })
    child.stderr.on('data', (data) => {
      stderr += data
    })
    child.on('error', reject)
    child.on('close', (status) => {
      clearTimeout(timer)
      resolve({ status, stdout, stderr })
    })
  })
}

/** `tickwright …` on a data folder. */
export function tickwright(home: string, args: readonly string[]): Promise<Ended> {
  const env = desktopEnv(home, { ELECTRON_RUN_AS_NODE: '1' })
  return runProgram(electronProgram, [path.join(root, 'out/main/cli.js'), ...args], { env, timeoutMs: 60_000 })
}

/** A service that listens until it is stopped. */
export interface Serving {
  readonly address: string
  readonly port: number
  stop(): Promise<void>
}

/** `tickwright serve` on a data folder; resolves when it answers. */
export function serving(home: string, port = 0): Promise<Serving> {
  const env = desktopEnv(home, { ELECTRON_RUN_AS_NODE: '1' })
  const args = [path.join(root, 'out/main/cli.js'), 'serve', '--port', String(port), '--json']
  const child = spawn(electronProgram, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  return new Promise((resolve, reject) => {
    let told = ''
    child.on('error', reject)
    void ended.then(() => reject(new Error(`serve ended before it answered: ${told}`)))
    child.stdout.on('data', (piece: Buffer) => {
      told += piece.toString('utf8')
      const address = /"address":\s*"([^"]+)"/.exec(told)?.[1]
      if (address === undefined) return
      resolve({
        address,
        port: Number(new URL(address).port),
        stop: () => {
          child.kill('SIGINT')
          return ended
        },
      })
    })
  })
}
