#!/usr/bin/env node
// The `tickwright` command in a checkout: sets up what is missing, then runs the CLI on the runtime that ships.
// stdout, stdin, exit status and signals are the CLI's own.
import path from 'node:path'
import { bootstrap, ROOT } from './bootstrap.mjs'
import { ensureBuilt } from './build.mjs'
import { asNode, run } from './process.mjs'

try {
  const program = await bootstrap({ virtualDisplay: false })
  await ensureBuilt()
  // npm changes to the checkout first; a file name on the command line means the folder the user is in
  const cwd = (process.env.npm_lifecycle_event === 'tickwright' && process.env.INIT_CWD) || process.cwd()
  await run(program, [path.join(ROOT, 'out/main/cli.js'), ...process.argv.slice(2)], asNode({ cwd }))
} catch (error) {
  // an exit status of the CLI itself was explained by the CLI
  if (error.exit === undefined) process.stderr.write(`${error.message}\n`)
  process.exitCode = error.exit ?? 1
}
