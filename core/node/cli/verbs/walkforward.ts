import type { Gives } from '../../../contract/contract.ts'
import { callService, type Service } from '../../call-service.ts'
import { cell, dateCell, jsonColumns, textTable } from '../output.ts'
import { searchConfig, searchOptions, searchUsage, workersOf } from '../search-options.ts'
import { exitCode, flag, number, text, UsageError, type Verb, type VerbContext } from '../verb.ts'
import { paramsText, runSearch } from './optimise.ts'

type Found = Gives<'optimise.get'>
type Walk = Gives<'optimise.walk'>

export const walkForwardVerb: Verb = {
  name: 'walkforward',
  words: 1,
  usage: `walkforward STRATEGY.ts --data NAME|FILE --in-sample BARS --out-of-sample BARS [--anchored] ${searchUsage} [options of backtest] | walkforward --resume ID | --show ID`,
  about: 'Chooses parameters window by window and runs each choice on the bars after it.',
  options: {
    ...searchOptions,
    'in-sample': { type: 'string' },
    'out-of-sample': { type: 'string' },
    anchored: { type: 'boolean' },
    show: { type: 'string' },
  },
  async run(context) {
    const service = await context.service()
    const id = text(context.values, 'show') ?? (await runSearch(context, service, () => start(context, service)))
    const found = await callService(service, 'optimise.get', { optimisation: id })
    const walk = await callService(service, 'optimise.walk', { optimisation: id })
    const { optimisation } = found
    const curve = { rows: walk.columns.time?.length ?? 0, columns: jsonColumns(walk.columns) }
    context.output.answer({ optimisation, ...walk.reply, curve }, () => report(found, walk))
    return exitCode.done
  },
}

async function start(context: VerbContext, service: Service): Promise<Gives<'optimise.start'>> {
  const { values } = context
  const workers = workersOf(context)
  const resumed = text(values, 'resume')
  if (resumed !== undefined) return callService(service, 'optimise.resume', { optimisation: resumed, workers })
  const [inSample, outOfSample] = [number(values, 'in-sample'), number(values, 'out-of-sample')]
  if (inSample === undefined || outOfSample === undefined) {
    throw new UsageError('--in-sample and --out-of-sample are missing: how many bars each part has')
  }
  const kind = flag(values, 'anchored') ? ('anchored' as const) : ('rolling' as const)
  const config = { ...(await searchConfig(context, service)), walkForward: { kind, inSample, outOfSample } }
  return callService(service, 'optimise.start', { config, workers })
}

function report({ optimisation }: Found, { reply }: Walk): string {
  const { strategyName, config, done, durationMs, id, resultHash } = optimisation
  const names = Object.keys(config.space)
  const objective = config.objectives[0]?.metric ?? 'sharpe'
  const head = `${strategyName} on ${config.run.instruments.join(', ')}: ${reply.windows.length} windows, ${done} trials in ${(durationMs / 1000).toFixed(2)} s`
  const percent = (value: number | null | undefined) => (typeof value === 'number' ? `${cell(value * 100)} %` : '–')
  const rows = reply.windows.map(({ from, cut, to, params, inSample, outOfSample }) => [
    ...[dateCell(from).slice(0, 10), dateCell(cut).slice(0, 10), dateCell(to).slice(0, 10)],
    params === null ? 'none' : paramsText(params, names),
    ...[cell(inSample[objective]), cell(outOfSample[objective])],
    ...[percent(inSample.cagr), percent(outOfSample.cagr)],
  ])
  const columns = ['from', 'cut', 'to', 'chosen', `${objective} in`, `${objective} out`, 'a year in', 'a year out']
  return [
    head,
    textTable(columns, rows),
    `Out of sample: return ${percent(reply.metrics['total-return'])}, Sharpe ratio ${cell(reply.metrics.sharpe)}, largest drawdown ${percent(reply.metrics['max-drawdown'])}; efficiency ${cell(reply.efficiency)}.`,
    `optimisation ${id}   result ${resultHash?.slice(0, 16) ?? '–'}`,
  ].join('\n')
}
