import type { Gives } from '../../../contract/contract.ts'
import { fromWireError, type WireError } from '../../../contract/wire-error.ts'
import { callService } from '../../call-service.ts'
import { followJob } from '../follow-job.ts'
import { readSecret } from '../read-secret.ts'
import { sentence, terminalLanguage } from '../sentences.ts'
import { exitCode, flag, positional, text, UsageError, type Verb, type VerbContext } from '../verb.ts'

export const storeVerb: Verb = {
  name: 'store',
  words: 2,
  usage: 'store [test URL | use URL | copy --to URL] [--password-stdin]',
  about:
    'Shows, tries, chooses or fills the store: sqlite: (the data folder), mysql://, mariadb:// or postgres://USER@HOST/DATABASE, or influx:// for bars and ticks.',
  options: { to: { type: 'string' }, 'password-stdin': { type: 'boolean' } },
  async run(context) {
    const [action] = context.positionals
    if (action === undefined) return show(context)
    if (action === 'test') return test(context)
    if (action === 'use') return use(context)
    if (action === 'copy') return copy(context)
    throw new UsageError(`“${action}” is none of test, use, copy`)
  },
}

/** From standard input or typed unseen; never an argument, which every program of the machine can read. */
const password = ({ values }: VerbContext) => (flag(values, 'password-stdin') ? readSecret() : Promise.resolve(null))

async function show({ output, service }: VerbContext): Promise<number> {
  const store = await callService(await service(), 'store.get', {})
  output.answer(store, () => {
    const next = store.chosen === store.inUse ? '' : `\nfrom the next start on: ${store.chosen}`
    return `${store.inUse} (${store.state})${next}`
  })
  return exitCode.done
}

async function test(context: VerbContext): Promise<number> {
  const url = positional(context, 1, 'URL')
  const report = await callService(await context.service(), 'store.test', { url, password: await password(context) })
  context.output.answer(report, () => reportText(context, report))
  return report.error === null ? exitCode.done : exitCode.failed
}

function reportText({ resources }: VerbContext, report: Gives<'store.test'>): string {
  const { url, version, latencyMs, encoding, contents, timescale, error } = report
  const facts = [version, encoding, latencyMs === null ? null : `${latencyMs.toFixed(1)} ms`, contents]
  const lines = [url, ...facts.filter((fact) => fact !== null), ...(timescale ? ['TimescaleDB'] : [])]
  if (error !== null) lines.push(sentence(fromWireError(error as WireError), resources, terminalLanguage(process.env)))
  return lines.join('\n')
}

async function use(context: VerbContext): Promise<number> {
  const url = positional(context, 1, 'URL')
  const chosen = await callService(await context.service(), 'store.choose', { url, password: await password(context) })
  context.output.answer(chosen, () => `from the next start on: ${chosen.chosen}`)
  return exitCode.done
}

async function copy(context: VerbContext): Promise<number> {
  const url = text(context.values, 'to')
  if (url === undefined) throw new UsageError('--to URL is missing')
  const service = await context.service()
  const secret = await password(context)
  let job = ''
  await followJob(context, service, async () => {
    job = (await callService(service, 'store.copy', { url, password: secret })).job
    return job
  })
  const report = await callService(service, 'store.copied', { job })
  context.output.answer(report, () => {
    const counts = `${report.series} series (${report.bars} bars), ${report.market} of market data (${report.rows} rows)`
    const rest = `${report.instruments} instruments, ${report.runs} runs, ${report.optimisations} optimisations`
    const proof = report.different.length === 0 ? 'all equal' : `DIFFERENT: ${report.different.join(', ')}`
    return `${counts}, ${rest}; ${report.kept} were there already; ${proof}`
  })
  return report.different.length === 0 ? exitCode.done : exitCode.different
}
