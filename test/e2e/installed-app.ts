import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { type Ended, runProgram } from './terminal.ts'

/** An ordinary user of this machine, made for a test. */
export interface OrdinaryUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly home: string
}

/** Runs a program as root and expects it to succeed. */
export async function must(program: string, ...args: string[]): Promise<string> {
  const env = { ...(process.env as Record<string, string>), DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
  const { status, stdout, stderr } = await runProgram(program, args, { env, timeoutMs: 60_000 })
  expect(status, `${program} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
  return stdout
}

/** Makes a user with a home folder and no rights. */
export async function addUser(name: string): Promise<OrdinaryUser> {
  await must('useradd', '--create-home', '--shell', '/bin/sh', name)
  const [, , uid = '', gid = '', , home = ''] = (await must('getent', 'passwd', name)).trim().split(':')
  return { name, uid: Number(uid), gid: Number(gid), home }
}

const userEnv = (user: OrdinaryUser, more: Readonly<Record<string, string>>): Record<string, string> => ({
  HOME: user.home,
  USER: user.name,
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  ...more,
})

/** Runs an installed program to its end as that user, without a display. */
export function runAs(
  user: OrdinaryUser,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { uid, gid, home } = user
  return runProgram(program, args, { env: userEnv(user, env), timeoutMs: 45_000, uid, gid, cwd: home })
}

/** The installed desktop, seen through Chromium's debugging port: its fuses close the way Playwright opens Electron. */
export interface InstalledDesktop {
  readonly page: Page
  readonly pid: number
  close(): Promise<number | null>
}

/** Starts the installed desktop as that user on the present display. */
export async function openInstalled(program: string, user: OrdinaryUser): Promise<InstalledDesktop> {
  const port = await freePort()
  const { uid, gid, home } = user
  const env = userEnv(user, { DISPLAY: process.env.DISPLAY ?? '' })
  const args = [`--remote-debugging-port=${port}`, '--lang=en-US', '--log-level=3']
  const child = spawn(program, args, { uid, gid, cwd: home, env, stdio: ['ignore', 'ignore', 'pipe'] })
  const said: string[] = []
  child.stderr.on('data', (data) => said.push(String(data)))
  const browser = await connected(port, child, said)
  const context = browser.contexts()[0]
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page', { timeout: 20_000 }))
  if (page === undefined) throw new Error(`the installed app opened no window\n${said.join('')}`)
  return { page, pid: child.pid ?? 0, close: () => closed(browser, child) }
}

async function connected(port: number, child: ChildProcess, said: readonly string[]): Promise<Browser> {
  let browser: Browser | undefined
  await expect
    .poll(
      async () => {
        if (child.exitCode !== null) throw new Error(`the installed app ended with ${child.exitCode}\n${said.join('')}`)
        browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 5_000 }).catch(() => undefined)
        return browser !== undefined
      },
      { timeout: 30_000, message: `the debugging port answers\n${said.join('')}` },
    )
    .toBe(true)
  return browser as Browser
}

/** Asks the app to end, as the system does at log-out. Its exit status; null when it had to be killed. */
async function closed(browser: Browser, child: ChildProcess): Promise<number | null> {
  await browser.close()
  if (child.exitCode !== null) return child.exitCode
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code)
    })
    child.kill('SIGTERM')
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** Lines of /proc/PID/status of every renderer process of a program. */
export function rendererStatuses(program: string): string[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      if (!/^\d+$/.test(name) || readlinkSync(`/proc/${name}/exe`) !== program) return []
      if (!readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer')) return []
      return [readFileSync(`/proc/${name}/status`, 'utf8')]
    } catch {
      return [] // it ended while we looked
    }
  })
}
