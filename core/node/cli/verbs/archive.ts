import { seriesKinds } from '../../../domain/market-columns.ts'
import { callService } from '../../call-service.ts'
import { followJob } from '../follow-job.ts'
import { exitCode, text, UsageError, type Verb, type VerbContext } from '../verb.ts'

export const archiveVerb: Verb = {
  name: 'archive',
  words: 100,
  usage: 'archive [run --older-than DAYS [--kind tick|quote|book] | daily DAYS|off | verify | restore [FILE …]]',
  about:
    'Shows, fills, checks or empties the archive: whole months of old ticks, quotes and books in Parquet files, which are read as if they were still in the store.',
  options: { 'older-than': { type: 'string' }, kind: { type: 'string' } },
  async run(context) {
    const [action] = context.positionals
    if (action === undefined) return list(context)
    if (action === 'run') return archive(context)
    if (action === 'daily') return daily(context)
    if (action === 'verify') return verify(context)
    if (action === 'restore') return restore(context)
    throw new UsageError(`“${action}” is none of run, daily, verify, restore`)
  },
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

async function list({ output, service }: VerbContext): Promise<number> {
  const found = await callService(await service(), 'archive.list', {})
  output.answer(found, () => {
    const lines = found.files.map(({ file, rows, bytes }) => `${file}  ${rows} rows  ${megabytes(bytes)}`)
    const { rows, bytes, storeBytes, folder, dailyOlderThan } = found
    const daily = dailyOlderThan === null ? [] : [`every day: what is older than ${dailyOlderThan} days`]
    const all = `${rows} rows in ${megabytes(bytes)} at ${folder}; the store: ${megabytes(storeBytes)}`
    return [...lines, all, ...daily].join('\n')
  })
  return exitCode.done
}

async function archive(context: VerbContext): Promise<number> {
  const days = Number(text(context.values, 'older-than'))
  if (!Number.isInteger(days) || days < 1) throw new UsageError('--older-than DAYS is missing')
  const wanted = text(context.values, 'kind')
  const kinds = seriesKinds.filter((kind) => wanted === undefined || kind === wanted)
  if (kinds.length === 0) throw new UsageError(`--kind is one of ${seriesKinds.join(', ')}`)
  const service = await context.service()
  await followJob(context, service, async () => {
    return (await callService(service, 'archive.run', { olderThanDays: days, kinds })).job
  })
  return list(context)
}

async function daily(context: VerbContext): Promise<number> {
  const wanted = context.positionals[1]
  const olderThanDays = wanted === 'off' ? null : Number(wanted)
  if (olderThanDays !== null && (!Number.isInteger(olderThanDays) || olderThanDays < 1))
    throw new UsageError('daily takes a number of days, or off')
  await callService(await context.service(), 'archive.daily', { olderThanDays })
  return list(context)
}

async function verify({ output, service }: VerbContext): Promise<number> {
  const found = await callService(await service(), 'archive.verify', {})
  output.answer(found, () => {
    const lines = found.findings.map(({ file, reason }) => `${file}: ${reason}`)
    return [...lines, `${found.files} files, ${megabytes(found.bytes)}`].join('\n')
  })
  return found.findings.length === 0 ? exitCode.done : exitCode.different
}

async function restore(context: VerbContext): Promise<number> {
  const service = await context.service()
  const files = context.positionals.slice(1)
  await followJob(context, service, async () => (await callService(service, 'archive.restore', { files })).job)
  return list(context)
}
