import type { Gives } from '../../../contract/contract.ts'
import { callService } from '../../call-service.ts'
import { followJob } from '../follow-job.ts'
import { exitCode, positional, UsageError, type Verb, type VerbContext } from '../verb.ts'

type Backups = Gives<'backup.list'>

export const backupVerb: Verb = {
  name: 'backup',
  words: 2,
  usage: 'backup [create | verify NAME | restore NAME | restore none | delete NAME]',
  about:
    'Lists, makes, checks, puts back or deletes copies of the data folder; a copy is made while everything goes on, a restore happens at the next start.',
  options: {},
  async run(context) {
    const [action] = context.positionals
    if (action === undefined) return list(context)
    const run = actions[action]
    if (run === undefined) throw new UsageError(`“${action}” is none of ${Object.keys(actions).join(', ')}`)
    return run(context)
  },
}

const actions: Readonly<Record<string, (context: VerbContext) => Promise<number>>> = {
  create,
  verify,
  restore,
  delete: remove,
}

async function list({ output, service }: VerbContext): Promise<number> {
  const backups = await callService(await service(), 'backup.list', {})
  output.answer(backups, () => {
    const lines = backups.backups.map(lineOf)
    const pending = backups.pending === null ? [] : [`at the next start: ${backups.pending}`]
    return [...(lines.length === 0 ? [`no backups in ${backups.folder}`] : lines), ...pending].join('\n')
  })
  return exitCode.done
}

function lineOf({ name, at, bytes, version }: Backups['backups'][number]): string {
  return `${name}  ${new Date(at).toISOString()}  ${(bytes / 1e6).toFixed(1)} MB  ${version}`
}

async function create(context: VerbContext): Promise<number> {
  const service = await context.service()
  let name = ''
  await followJob(context, service, async () => {
    const started = await callService(service, 'backup.create', {})
    name = started.name
    return started.job
  })
  const { backups, folder } = await callService(service, 'backup.list', {})
  const made = backups.find((backup) => backup.name === name)
  context.output.answer({ folder, backup: made ?? null }, () => (made === undefined ? name : lineOf(made)))
  return exitCode.done
}

async function verify(context: VerbContext): Promise<number> {
  const name = positional(context, 1, 'NAME')
  const checked = await callService(await context.service(), 'backup.verify', { name })
  context.output.answer(checked, () =>
    checked.findings.length === 0 ? `${name} is sound` : checked.findings.join('\n'),
  )
  return checked.findings.length === 0 ? exitCode.done : exitCode.different
}

async function restore(context: VerbContext): Promise<number> {
  const name = positional(context, 1, 'NAME')
  const answer = await callService(await context.service(), 'backup.restore', { name: name === 'none' ? null : name })
  context.output.answer(answer, () =>
    answer.pending === null ? 'the data folder stays as it is' : `at the next start: ${answer.pending}`,
  )
  return exitCode.done
}

async function remove(context: VerbContext): Promise<number> {
  const name = positional(context, 1, 'NAME')
  const answer = await callService(await context.service(), 'backup.delete', { name })
  context.output.answer(answer, () => `${name} is deleted`)
  return exitCode.done
}
