import { callService } from '../../call-service.ts'
import { followJob } from '../follow-job.ts'
import { cell, textTable } from '../output.ts'
import { exitCode, positional, type Verb } from '../verb.ts'

const shown = ['net-profit', 'total-return', 'max-drawdown', 'sharpe', 'win-rate', 'profit-factor'] as const

export const stressVerb: Verb = {
  name: 'stress',
  words: 1,
  usage: 'stress RUN',
  about: 'Runs a stored run again with costs doubled, orders a bar late, bars missing, and without its best trades.',
  options: {},
  async run(context) {
    const service = await context.service()
    const run = positional(context, 0, 'RUN')
    let job = ''
    await followJob(context, service, async () => {
      job = (await callService(service, 'run.stress', { run })).job
      return job
    })
    const found = await callService(service, 'run.stressed', { job })
    context.output.answer(found, () => {
      const rows = found.variants.map(({ id, change, trades, metrics, error }) => [
        id,
        error === null ? String(trades) : error.code,
        ...shown.map((metric) => cell(metrics[metric] ?? null)),
        change.map(({ path, from, to }) => `${path} ${from} → ${to}`).join(', '),
      ])
      return textTable(['variant', 'trades', ...shown, 'change'], rows)
    })
    return found.variants.some(({ error }) => error !== null) ? exitCode.failed : exitCode.done
  },
}
