import { parseArgs } from 'node:util'
import { toWireError } from '../../contract/wire-error.ts'
import type { Service } from '../call-service.ts'
import { homeFolder } from '../home.ts'
import { placesOf } from '../places.ts'
import { startService } from '../service.ts'
import { createOutput, type Output } from './output.ts'
import { sentence, terminalLanguage } from './sentences.ts'
import { exitCode, UsageError, type Verb, type VerbContext } from './verb.ts'
import { verbs } from './verbs.ts'

/** Where the terminal finds the build, what ships with it, and the user's data. */
interface Place {
  readonly outFolder: string
  readonly resources: string
  readonly home: string
}

/** Runs one command line; resolves to its exit code. `outFolder` is the build's folder. */
export async function runTerminal(args: readonly string[], outFolder: string): Promise<number> {
  // `tickwright … | head`: whoever reads has seen enough, and that is no failure.
  process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
    if (failure.code !== 'EPIPE') throw failure
    process.exit(exitCode.done)
  })
  const place = { outFolder, resources: placesOf(outFolder).resources, home: homeFolder(process.env) }
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(`${help(place)}\n`)
    return name === undefined ? exitCode.usage : exitCode.done
  }
  const verb = verbs.find((candidate) => candidate.name === name)
  if (verb === undefined) {
    process.stderr.write(`There is no verb “${name}”.\n\n${help(place)}\n`)
    return exitCode.usage
  }
  return runVerb(verb, rest, place)
}

async function runVerb(verb: Verb, args: readonly string[], place: Place): Promise<number> {
  const { home, resources, outFolder } = place
  let service: Promise<Service> | undefined
  // Worker threads do not keep the process alive, so that a forgotten one cannot hang it; the verb itself must.
  const alive = setInterval(() => undefined, 60_000)
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
        service ??= startService({ home, outFolder, role: verb.stays?.(positionals) === true ? 'service' : 'terminal' })
        return service
      },
      onInterrupt: (stop) => {
        process.once('SIGINT', stop)
        process.once('SIGTERM', stop)
      },
    }
    return await verb.run(context)
  } catch (failure) {
    return explain(verb, failure, output, resources)
  } finally {
    await service?.then(
      (running) => running.close(),
      () => undefined,
    )
    clearInterval(alive)
  }
}

function parseVerb(verb: Verb, args: readonly string[]) {
  const parsed = parseWords(verb, args)
  const extra = parsed.positionals[verb.words]
  if (extra !== undefined) throw new UsageError(`“${extra}” is one word too many`)
  return parsed
}

function parseWords(verb: Verb, args: readonly string[]) {
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

function explain(verb: Verb, failure: unknown, output: Output, resources: string): number {
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

function help({ home }: Place): string {
  const width = Math.max(...verbs.map(({ name }) => name.length))
  const lines = verbs.map(({ name, about }) => `  ${name.padEnd(width)}  ${brief(about)}`)
  const more = ['tickwright <verb> --help shows the options of a verb.', `Data folder: ${home} (TICKWRIGHT_HOME)`]
  return ['tickwright <verb> [--json] [--help]', '', ...lines, '', ...more].join('\n')
}

/** The first sentence without its details: a list of verbs is read at a glance. */
function brief(about: string): string {
  const [sentence = about] = about.split(/(?:[:;]|(?<!e\.g)\.)(?:\s|$)/)
  return sentence
}
