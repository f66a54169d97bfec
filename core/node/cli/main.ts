import { join } from 'node:path'
import { runTerminal } from './run-terminal.ts'

process.exitCode = await runTerminal(process.argv.slice(2), join(import.meta.dirname, '..'))
