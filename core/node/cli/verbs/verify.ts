import { callService } from '../../call-service.ts'
import { followJob } from '../follow-job.ts'
import { exitCode, positional, type Verb } from '../verb.ts'

export const verifyVerb: Verb = {
  name: 'verify',
  words: 1,
  usage: 'verify RUN',
  about: 'Re-runs a stored run from its capsule: identical, or the first difference (exit code 3).',
  options: {},
  async run(context) {
    const service = await context.service()
    const run = positional(context, 0, 'RUN')
    let job = ''
    await followJob(context, service, async () => {
      job = (await callService(service, 'run.verify', { run })).job
      return job
    })
    const found = await callService(service, 'run.verification', { job })
    context.output.answer(found, () =>
      found.state === 'identical'
        ? `${run}: identical, result ${found.actualHash.slice(0, 16)}`
        : `${run}: different – ${found.firstDifference}`,
    )
    return found.state === 'identical' ? exitCode.done : exitCode.different
  },
}
