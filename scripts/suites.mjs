// The suites behind `npm test`: each runs one tool and answers with rows of the table (tally.mjs).
import fs from 'node:fs'
import path from 'node:path'
import { ROOT, sandboxArgs } from './bootstrap.mjs'
import { build } from './build.mjs'
import { asNode, bin, node, run, withDisplay } from './process.mjs'
import { row, rowOfPlaywright, rowOfReference, rowsOfVitest } from './tally.mjs'

const REPORTS = path.join(ROOT, 'out/report')

// Hundreds of processes load the same modules: their compiled code is kept between them.
const COMPILED_CODE = { NODE_COMPILE_CACHE: path.join(ROOT, 'out/cache/code') }

/** tsc configuration → the folders that give it input. */
const TYPE_CONFIGS = {
  core: ['core'],
  node: ['core/node', 'electron'],
  preload: ['electron/preload'],
  renderer: ['renderer'],
  test: ['test'],
}

const hasTypeScript = (folder) =>
  fs.existsSync(path.join(ROOT, folder)) &&
  fs.readdirSync(path.join(ROOT, folder), { recursive: true }).some((file) => /\.tsx?$/.test(file))

/** Where the real-data reference lies, or undefined. */
export function referenceFolder() {
  const folder = process.env.TICKWRIGHT_REFERENCE ?? path.join(ROOT, '../shared/reference')
  return fs.existsSync(path.join(folder, 'manifest.json')) ? path.resolve(folder) : undefined
}

const referenceEnv = () => {
  const folder = referenceFolder()
  return folder ? { TICKWRIGHT_REFERENCE: folder } : {}
}

/** Runs `action`, answers with its exit status and time; a crash is a status, never an exception. */
async function attempt(name, action) {
  process.stdout.write(`\n── ${name}\n`)
  const start = performance.now()
  let exit = 0
  try {
    await action()
  } catch (error) {
    exit = error.exit ?? 1
    process.stdout.write(`${error.message}\n`)
  }
  return { exit, ms: performance.now() - start }
}

async function check(name, action) {
  const { exit, ms } = await attempt(name, action)
  return row(name, exit === 0 ? { passed: 1, ms } : { failed: 1, ms, notes: [`failed: ended with ${exit}`] })
}

const readJson = (file) => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const biome = (...args) => node('@biomejs/biome/bin/biome', [...args, '--colors=off', '.'])

/** Formatting as the formatter would write it. */
export const format = () => check('format', () => biome('format'))

/** Lint rules and import order. */
export const lint = () => check('lint', () => biome('check', '--formatter-enabled=false', '--error-on-warnings'))

/** One row for each environment's tsconfig; the compiler keeps one core busy, so all run side by side. */
export function types() {
  return Promise.all(
    Object.entries(TYPE_CONFIGS).map(([name, folders]) => {
      const title = `types ${name}`
      if (folders.some(hasTypeScript))
        return check(title, () => node('typescript/bin/tsc', ['-p', `tsconfig.${name}.json`]))
      return row(title, { skipped: 1, notes: [`not run: no TypeScript in ${folders.join(', ')}`] })
    }),
  )
}

/** The production build of everything that the end-to-end tests start. */
export const buildSuite = () => check('build', build)

/** All of vitest's tests, told apart by folder. */
export async function vitest(program, args = []) {
  const file = path.join(REPORTS, 'vitest.json')
  fs.rmSync(file, { force: true })
  const reporters = ['--reporter=default', `--reporter=${path.join(ROOT, 'scripts/vitest-report.mjs')}`]
  const env = { ...referenceEnv(), ...COMPILED_CODE, TICKWRIGHT_REPORT: file }
  const { exit, ms } = await attempt('vitest', () =>
    run(program, [bin('vitest/vitest.mjs'), 'run', ...reporters, ...args], asNode({ env })),
  )
  const rows = rowsOfVitest(readJson(file), exit)
  rows[0].ms = ms
  return rows
}

/** The tests that drive the real window. */
export async function e2e(program, args = []) {
  const file = path.join(REPORTS, 'playwright.json')
  fs.rmSync(file, { force: true })
  const { exit, ms } = await attempt('e2e', () =>
    withDisplay((display) => playwright(program, args, { ...display, PLAYWRIGHT_JSON_OUTPUT_FILE: file })),
  )
  return { ...rowOfPlaywright(readJson(file), exit), ms }
}

function playwright(program, args, env) {
  const sandboxed = sandboxArgs(program).length > 0 ? '0' : '1'
  return node('@playwright/test/cli.js', ['test', '--reporter=list,json', ...args], {
    // tests pass `chromiumSandbox: process.env.TICKWRIGHT_SANDBOX === '1'` to Playwright
    // Playwright sets FORCE_COLOR for its workers; NO_COLOR beside it makes Node print a warning for each
    env: {
      ...referenceEnv(),
      ...COMPILED_CODE,
      ...env,
      TICKWRIGHT_SANDBOX: sandboxed,
      ELECTRON_RUN_AS_NODE: undefined,
      NO_COLOR: undefined,
    },
  })
}

/** Fails when the real-data cases were demanded ($TICKWRIGHT_REQUIRE_REFERENCE) and did not run. */
export function reference(rows) {
  const required = Boolean(process.env.TICKWRIGHT_REQUIRE_REFERENCE)
  return rowOfReference({ required, present: referenceFolder() !== undefined, rows })
}
