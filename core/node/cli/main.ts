import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { toWireError } from '../../contract/wire-error.ts'
import type { Service } from '../call-service.ts'
import { homeFolder } from '../home.ts'
import { startService } from '../service.ts'
import { createOutput, type Output } from './output.ts'
import { sentence, terminalLanguage } from './sentences.ts'
import { exitCode, UsageError, type Verb, type VerbContext } from './verb.ts'
import { verbs } from './verbs.ts'

const outFolder = join(import.meta.dirname, '..')
const resources = process.env.TICKWRIGHT_RESOURCES ?? join(outFolder, '..', 'resources')
const home = homeFolder(process.env)

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help') {
    process.stdout.write(`${help()}\n`)
    return name === undefined ? exitCode.usage : exitCode.done
  }
  const verb = verbs.find((candidate) => candidate.name === name)
  if (verb === undefined) {
    process.stderr.write(`There is no verb “${name}”.\n\n${help()}\n`)
    return exitCode.usage
  }
  return runVerb(verb, rest)
}

async function runVerb(verb: Verb, args: readonly string[]): Promise<number> {
  let service: Promise<Service> | undefined
  let output: Output = createOutput(args.includes('--json'), process.stdout, process.stderr)
  try {
    const { values, positionals } = parseVerb(verb, args)
    output = createOutput(values.json === true, process.stdout, process.stderr)
    if (values.help === true) {
      process.stdout.write(`tickwright ${verb.usage}\n\n${verb.about}\n`)
      return exitCode.done
    }
    const context: VerbContext = {
      output,
      values,
      positionals,
      home,
      resources,
      outFolder,
      service: () => {
        service ??= startService({ home, outFolder, resources, role: verb.name === 'serve' ? 'service' : 'terminal' })
        return service
      },
      onInterrupt: (stop) => {
        process.once('SIGINT', stop)
        process.once('SIGTERM', stop)
      },
    }
    return await verb.run(context)
  } catch (failure) {
    return explain(verb, failure, output)
  } finally {
    await service?.then(
      (running) => running.close(),
      () => undefined,
    )
  }
}

function parseVerb(verb: Verb, args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, ...verb.options },
      allowPositionals: true,
      strict: true,
    })
  } catch (failure) {
    throw new UsageError((failure as Error).message)
  }
}

function explain(verb: Verb, failure: unknown, output: Output): number {
  if (failure instanceof UsageError) {
    output.note(`${failure.message}\nusage: tickwright ${verb.usage}`)
    return exitCode.usage
  }
  const wire = toWireError(failure)
  if (output.json) output.answer({ error: wire }, () => '')
  output.note(sentence(failure, resources, terminalLanguage(process.env)))
  if (wire.code === 'internal' && process.env.TICKWRIGHT_DEBUG !== undefined)
    output.note(String((failure as Error).stack))
  return wire.code === 'cancelled' ? exitCode.interrupted : exitCode.failed
}

function help(): string {
  const width = Math.max(...verbs.map(({ usage }) => usage.length))
  const lines = verbs.map(({ usage, about }) => `  ${usage.padEnd(width)}  ${about}`)
  return ['tickwright <verb> [--json] [--help]', '', ...lines, '', `Data folder: ${home} (TICKWRIGHT_HOME)`].join('\n')
}
