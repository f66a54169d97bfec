import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fillPolicySchema } from '../../../contract/broker-schemas.ts'
import type { Gives, Takes } from '../../../contract/contract.ts'
import { callService, type Service } from '../../call-service.ts'
import { brokerFrom, brokerOptions, brokerUsage, marketFilesFrom } from '../broker-options.ts'
import { commissionFrom, costOptions, slippageOf } from '../cost-options.ts'
import { followJob } from '../follow-job.ts'
import { importFile, importOptions } from '../import-file.ts'
import { cell, textTable } from '../output.ts'
import { strategyOptions, strategySettings, strategyUsage } from '../strategy-options.ts'
import { exitCode, number, positional, text, texts, time, UsageError, type Verb, type VerbContext } from '../verb.ts'

type Config = Takes<'backtest.start'>
type ParamValue = string | number | boolean
const fillPolicies = fillPolicySchema.options

/** Options that say what a run is: data, period, costs, broker. */
export const runOptions = {
  data: { type: 'string', multiple: true },
  param: { type: 'string', multiple: true },
  interval: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  cash: { type: 'string' },
  ...costOptions,
  profile: { type: 'string' },
  'fill-policy': { type: 'string' },
  seed: { type: 'string' },
  ...brokerOptions,
  ...strategyOptions,
  ...importOptions,
} as const

export const backtestVerb: Verb = {
  name: 'backtest',
  words: 1,
  usage: `backtest STRATEGY.ts --data NAME|FILE [--data …] [--param k=v …] [--interval 1d] [--from DATE] [--to DATE] [--cash N] [--commission none|percent:R|fixed:C|futures:C,MARGIN,MULT] [--fee-rate R] [--auto-margin R] [--leverage N] [--interest R] [--interest-long] [--slippage none|percent:R|fixed:P[,no-open,no-match,no-match-limit,outside]] [--profile default|backtrader] [--fill-policy ${fillPolicies.join('|')}] ${brokerUsage} ${strategyUsage} [--seed N]`,
  about: 'Runs a strategy over stored instruments or files, stores the run, prints its metrics.',
  options: runOptions,
  async run(context) {
    const service = await context.service()
    const config = await configOf(context, service)
    let run = ''
    await followJob(context, service, async () => {
      const started = await callService(service, 'backtest.start', config)
      run = started.run
      return started.job
    })
    const result = await callService(service, 'run.get', { run })
    const metrics = await callService(service, 'metric.list', {})
    context.output.answer(
      { run: result.summary, data: result.capsule.data, resultHash: result.capsule.resultHash },
      () => report(result, metrics),
    )
    return exitCode.done
  },
}

/** The configuration of a run as the command line says it; files given as data are imported first. */
export async function configOf(context: VerbContext, service: Service): Promise<Config> {
  const { values } = context
  const data = texts(values, 'data')
  if (data.length === 0) throw new UsageError('--data is missing: the name of an instrument or a file')
  const instruments: string[] = []
  const intervals: string[] = []
  const { coverage } = await callService(service, 'instrument.list', {})
  for (const name of data) {
    const stored = coverage.find(({ instrument }) => instrument === name)
    if (stored === undefined && existsSync(name)) {
      const imported = await importFile(context, service, name, { interval: undefined })
      instruments.push(imported.instrument)
      intervals.push(imported.interval)
    } else {
      instruments.push(name)
      intervals.push(stored?.interval ?? '1d')
    }
  }
  const broker = brokerFrom(context)
  const marketFiles = marketFilesFrom(context, instruments)
  const profile = choice(context, 'profile', ['default', 'backtrader'], 'default')
  const interval = text(values, 'interval') ?? intervals[0] ?? '1d'
  const fillPolicy = choice(
    context,
    'fill-policy',
    fillPolicies,
    profile === 'backtrader' ? 'backtrader' : 'pessimistic',
  )
  tellBricks(context, interval, fillPolicy)
  return {
    strategy: strategyOf(positional(context, 0, 'STRATEGY.ts')),
    params: Object.fromEntries(texts(values, 'param').map(paramOf)),
    instruments,
    interval,
    from: time(values, 'from'),
    to: time(values, 'to'),
    cash: number(values, 'cash') ?? 1_000_000,
    commission: commissionFrom(context),
    slippage: slippageOf(text(values, 'slippage') ?? 'none'),
    profile,
    fillPolicy,
    seed: number(values, 'seed') ?? 1,
    ...(broker === undefined ? {} : { broker }),
    ...strategySettings(context),
    ...(marketFiles === undefined ? {} : { marketFiles }),
  }
}

function tellBricks({ output }: VerbContext, interval: string, fillPolicy: Config['fillPolicy']): void {
  if (!interval.endsWith('renko') || ['magnified', 'tick', 'quote'].includes(fillPolicy)) return
  output.note('bricks open on round prices that may not have traded: --fill-policy magnified fills at stored ones')
}

/** An existing file wins over a strategy of the same name in the strategies folder. */
function strategyOf(name: string): Config['strategy'] {
  if (existsSync(name) || name.includes('/')) return { kind: 'file', path: resolve(name) }
  return { kind: 'saved', name }
}

function paramOf(pair: string): [string, ParamValue] {
  const at = pair.indexOf('=')
  if (at < 1) throw new UsageError(`--param is name=value, was “${pair}”`)
  const value = pair.slice(at + 1)
  if (value === 'true' || value === 'false') return [pair.slice(0, at), value === 'true']
  const parsed = Number(value)
  return [pair.slice(0, at), value.trim() !== '' && Number.isFinite(parsed) ? parsed : value]
}

function choice<Choice extends string>(
  { values }: VerbContext,
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const value = text(values, name) ?? fallback
  const found = choices.find((candidate) => candidate === value)
  if (found === undefined) throw new UsageError(`--${name} is one of ${choices.join(', ')}, was “${value}”`)
  return found
}

/** A metric with its unit, as the terminal prints it. */
export function metricCell(value: number | null, unit: Gives<'metric.list'>['metrics'][number]['unit']): string {
  if (value === null) return cell(value)
  if (unit === 'ratio') return `${cell(value * 100)} %`
  if (unit === 'count') return cell(value, 0)
  return unit === 'bars' || unit === 'days' ? `${cell(value, 1)} ${unit}` : cell(value)
}

function report({ summary, capsule, log }: Gives<'run.get'>, { metrics }: Gives<'metric.list'>): string {
  const { counts, durationMs, strategyName, config } = summary
  const head = `${strategyName} on ${config.instruments.join(', ')} at ${config.interval}: ${counts.bars} bars, ${counts.fills} fills, ${counts.trades} trades in ${(durationMs / 1000).toFixed(2)} s`
  const rows = metrics
    .filter(({ id }) => id in summary.metrics)
    .map(({ id, title, unit }) => {
      return [title.en, metricCell(summary.metrics[id] ?? null, unit)]
    })
  const lines = log.slice(-5).map(({ text: line }) => `  ${line}`)
  return [
    head,
    textTable(['metric', 'value'], rows),
    ...lines,
    `run ${summary.id}   result ${capsule.resultHash?.slice(0, 16) ?? '–'}`,
  ].join('\n')
}
