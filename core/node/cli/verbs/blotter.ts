import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { blotterConfigSchema, blotterStatusSchema } from '../../../contract/blotter-schemas.ts'
import type { Gives } from '../../../contract/contract.ts'
import { fromWireError, type WireError } from '../../../contract/wire-error.ts'
import { DomainError } from '../../../domain/errors.ts'
import { callService } from '../../call-service.ts'
import { textTable } from '../output.ts'
import { sentence, terminalLanguage } from '../sentences.ts'
import { exitCode, number, text, UsageError, type Verb, type VerbContext } from '../verb.ts'

type Status = Gives<'blotter.status'>['status']

/** The data service as a process of its own. */
export const blotterVerb: Verb = {
  name: 'blotter',
  words: 1,
  usage:
    'blotter [--config FILE] [--seconds N] | blotter status | blotter config | blotter key | blotter listen [--host H] [--port N] [--seconds N]',
  about:
    'Collects market data until Ctrl-C (or for so many seconds) as the stored configuration says, or as FILE does, ' +
    'which is stored; its answer is the last status. status: what a blotter on this data folder is doing; config: what it collects; key: the public key of this data folder on the wire; ' +
    'listen: prints each message that a blotter broadcasts, a line of JSON each.',
  options: {
    config: { type: 'string' },
    seconds: { type: 'string' },
    host: { type: 'string' },
    port: { type: 'string' },
  },
  stays: ([word]) => word === undefined,
  async run(context) {
    const [word] = context.positionals
    if (word === 'status') return status(context)
    if (word === 'config') return config(context)
    if (word === 'key') return key(context)
    if (word === 'listen') return listen(context)
    if (word !== undefined) throw new UsageError(`blotter takes status, config, key, listen or nothing, was “${word}”`)
    return collect(context)
  },
}

async function collect(context: VerbContext): Promise<number> {
  const seconds = number(context.values, 'seconds')
  const path = text(context.values, 'config')
  const service = await context.service()
  if (path !== undefined) await callService(service, 'blotter.configure', { config: await readConfig(path) })
  await callService(service, 'blotter.start', {})
  if (seconds === undefined) context.output.note('collecting; Ctrl-C ends it')
  await new Promise<void>((stop) => {
    context.onInterrupt(stop)
    if (seconds !== undefined) setTimeout(stop, seconds * 1000)
  })
  const { status: last } = await callService(service, 'blotter.status', {})
  await callService(service, 'blotter.stop', {})
  answer(context, last)
  return exitCode.done
}

async function readConfig(path: string) {
  const content = await readFile(resolve(path), 'utf8').catch(() => {
    throw new DomainError('import.file-missing', { path })
  })
  let parsed: unknown
  try {
    parsed = JSON.parse(content)
  } catch (error) {
    throw new UsageError(`${path} is no JSON: ${(error as Error).message}`)
  }
  const config = blotterConfigSchema.safeParse(parsed)
  if (config.success) return config.data
  const [issue] = config.error.issues
  throw new UsageError(`${path}, ${issue?.path.join('.') || 'the whole'}: ${issue?.message}`)
}

async function status(context: VerbContext): Promise<number> {
  const { value } = await callService(await context.service(), 'settings.get', { key: 'blotter.status' })
  const stored = blotterStatusSchema.safeParse(value)
  if (!stored.success) {
    context.output.answer({ running: false, at: null }, () => 'No blotter has run on this data folder.')
    return exitCode.done
  }
  answer(context, stored.data)
  return exitCode.done
}

/** Needs no data folder: it hears a blotter of any machine that lets it. */
async function listen(context: VerbContext): Promise<number> {
  const { values, output } = context
  const [host, port] = [text(values, 'host') ?? '127.0.0.1', number(values, 'port') ?? 5580]
  const seconds = number(values, 'seconds')
  const { openWireSubscriber } = await import('../../wire/wire-subscriber.ts')
  const addresses = { frames: `tcp://${host}:${port}`, questions: `tcp://${host}:${port + 1}` }
  const subscriber = openWireSubscriber(addresses, {
    message: (message) => process.stdout.write(`${JSON.stringify(message)}\n`),
    lost: ({ instrument, kind }, from, to) => output.note(`${instrument} ${kind}: messages ${from} to ${to} are gone`),
    restarted: () => output.note('a blotter is heard'),
  })
  await new Promise<void>((stop) => {
    context.onInterrupt(stop)
    if (seconds !== undefined) setTimeout(stop, seconds * 1000)
  })
  subscriber.close()
  return exitCode.done
}

async function config(context: VerbContext): Promise<number> {
  const { config: stored } = await callService(await context.service(), 'blotter.config', {})
  context.output.answer({ config: stored }, () => JSON.stringify(stored, null, 2))
  return exitCode.done
}

async function key(context: VerbContext): Promise<number> {
  const found = await callService(await context.service(), 'blotter.key', {})
  context.output.answer(found, () => found.publicKey)
  return exitCode.done
}

function answer({ output, resources }: VerbContext, last: Status): void {
  const language = terminalLanguage(process.env)
  output.answer(last, () => {
    const sources = last.sources.map((source) => [
      source.name,
      source.state,
      String(source.messages),
      String(source.gaps),
      source.error === null ? '–' : sentence(fromWireError(source.error as WireError), resources, language),
    ])
    const instruments = last.instruments.map(({ instrument, source, counts, corrections }) => [
      ...[instrument, source, String(counts.tick), String(counts.quote), String(counts.bar)],
      Object.entries(corrections)
        .map(([rule, count]) => `${rule} ${count}`)
        .join(', ') || '–',
    ])
    return [
      `${last.running ? 'running' : 'stopped'}, ${new Date(last.at).toISOString()}`,
      textTable(['source', 'state', 'messages', 'gaps', 'error'], sources),
      textTable(['instrument', 'source', 'ticks', 'quotes', 'bars', 'findings'], instruments),
    ].join('\n')
  })
}
