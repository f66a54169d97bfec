// One entry for every npm script: `node scripts/run.mjs COMMAND [ARGUMENTS]`. Plain Node >= 20, no dependencies.
import fs from 'node:fs'
import path from 'node:path'
import { bootstrap, hasDisplay, ROOT, SetupError, sandboxArgs } from './bootstrap.mjs'
import { build, ensureBuilt, watchKernel } from './build.mjs'
import { asNode, bin, ExitError, node, run, withDisplay } from './process.mjs'
import * as suites from './suites.mjs'
import { row, summary, total } from './tally.mjs'

const [command, ...rest] = process.argv.slice(2)
/** The Electron program, once the set-up has run. */
let electron = ''

const electronNode = (file, args, options) => run(electron, [file, ...args], asNode(options))

/** Runs a TypeScript file of this repository on the runtime that ships (it strips the types itself). */
function own(file, args, options) {
  if (!fs.existsSync(path.join(ROOT, file))) throw new SetupError(`${file} is missing from this checkout`)
  return electronNode(path.join(ROOT, file), args, options)
}

async function start() {
  await ensureBuilt()
  if (hasDisplay()) {
    const args = [...sandboxArgs(electron), '--log-level=3', ROOT, ...rest]
    return run(electron, args, { env: { ELECTRON_RUN_AS_NODE: undefined } })
  }
  process.stderr.write('No display: starting the headless service (tickwright serve) instead of the window.\n')
  return electronNode(path.join(ROOT, 'out/main/cli.js'), ['serve', ...rest])
}

async function dev() {
  const kernel = await watchKernel()
  const sandbox = sandboxArgs(electron).length > 0 ? ['--noSandbox'] : []
  try {
    await withDisplay((display) =>
      node('electron-vite/bin/electron-vite.js', ['dev', '-w', ...sandbox, ...rest], {
        env: { ...display, ELECTRON_RUN_AS_NODE: undefined, NODE_OPTIONS: '--enable-source-maps' },
      }),
    )
  } finally {
    kernel.stop()
  }
}

async function dist() {
  await ensureBuilt()
  const sevenZip = bin('7zip-bin/linux/x64/7za')
  if (process.platform === 'linux') fs.chmodSync(sevenZip, 0o755) // npm ships it without
  await node('electron-builder/cli.js', ['--publish', 'never', ...(rest.length > 0 ? rest : ['--linux'])], {
    env: {
      CUSTOM_FPM_PATH: path.join(ROOT, 'scripts/fpm.mjs'),
      ...(process.platform === 'linux' ? { ELECTRON_BUILDER_7ZIP_PATH: sevenZip } : {}),
    },
  })
}

/** Prints the table and the last line; the status is 1 when anything failed. */
function conclude(rows) {
  process.stdout.write(`\n${summary(rows)}\n`)
  if (total(rows).failed > 0) process.exitCode = 1
}

/** Everything but the end-to-end tests; with `window` those too. */
async function everything({ window }) {
  const rows = [await suites.format(), await suites.lint(), ...(await suites.types())]
  const built = await suites.buildSuite()
  rows.push(built, ...(await suites.vitest(electron)))
  if (window && built.failed === 0) rows.push(await suites.e2e(electron))
  else if (window) rows.push(row('e2e', { failed: 1, notes: ['not run: the build failed'] }))
  const reference = suites.reference(rows)
  conclude(reference ? [...rows, reference] : rows)
}

const UNIT = ['architecture.test.ts', 'core/', 'docs/', 'electron/', 'renderer/', 'scripts/'].map(
  (part) => `test/${part}`,
)
const vitest = (...args) => electronNode(bin('vitest/vitest.mjs'), args)

async function e2e() {
  await ensureBuilt()
  conclude([await suites.e2e(electron, rest)])
}

async function bench() {
  await ensureBuilt()
  await withDisplay((display) => own('test/bench/main.ts', rest, { env: display }))
}

/** The long forms of the tests under fault: hundreds of kills instead of a few. */
function soak() {
  process.env.TICKWRIGHT_SOAK = '1'
  const tests = ['live-killed', 'live-venue-killed', 'store/durability', 'store/market-durability']
  return vitest('run', ...(rest.length > 0 ? rest : tests.map((name) => `test/integration/${name}.test.ts`)))
}

const SCREEN = { virtualDisplay: true }
const commands = {
  start: [start],
  dev: [dev, SCREEN],
  build: [build],
  test: [() => everything({ window: true }), { virtualDisplay: true, servers: true }],
  verify: [() => everything({ window: false }), { virtualDisplay: false, servers: true }],
  unit: [() => vitest('run', ...(rest.length > 0 ? rest : UNIT))],
  watch: [() => vitest(...rest)],
  e2e: [e2e, SCREEN],
  types: [async () => conclude(await suites.types())],
  lint: [async () => conclude([await suites.format(), await suites.lint()])],
  format: [() => node('@biomejs/biome/bin/biome', ['check', '--write', ...(rest.length > 0 ? rest : ['.'])])],
  soak: [soak],
  bench: [bench, SCREEN],
  reference: [() => own('test/golden/reference/main.ts', rest)],
  'stand-in': [() => own('test/helpers/venues/main.ts', rest)],
  dist: [dist],
}

try {
  const [action, needs = { virtualDisplay: false }] = commands[command] ?? []
  if (!action) throw new SetupError(`Unknown command ${command ?? ''}; one of: ${Object.keys(commands).join(' ')}`)
  electron = await bootstrap(needs)
  await action()
} catch (error) {
  const explained = error instanceof SetupError || error instanceof ExitError
  process.stderr.write(`${explained ? error.message : error.stack}\n`)
  process.exitCode = error.exit ?? 1
}
