import { basename, resolve } from 'node:path'
import { filterColumns } from '../../../data/filters/filter-columns.ts'
import { resampleQtpylib } from '../../../data/qtpylib-resample.ts'
import { planResample } from '../../../data/resample.ts'
import { replayColumns, resampleColumns } from '../../../data/resample-columns.ts'
import { type BarSeries, barColumnNames } from '../../../domain/bar-series.ts'
import { barSpecMs, formatInterval, type IntervalSpec, parseBarSpec } from '../../../domain/bar-spec.ts'
import { DomainError } from '../../../domain/errors.ts'
import { inspectFile, importFile as readWhole } from '../../import/import-file.ts'
import { assumed, corrected, givenRecipe, importOptions, isSettled } from '../import-file.ts'
import { dateCell, jsonColumns, textTable } from '../output.ts'
import { exitCode, flag, positional, text, UsageError, type Verb, type VerbContext } from '../verb.ts'
import { filtersOf, resampleOptions, rulesOf, sessionOf } from './resample-options.ts'

interface SourceFile {
  readonly path: string
  readonly series: BarSeries
  readonly zone: string
  /** Null: prints. */
  readonly interval: string | null
}

/** Resamples straight from a file: nothing is stored and no data folder is needed. */
export const resampleVerb: Verb = {
  name: 'resample',
  words: 1,
  usage:
    'resample FILE --to 15m|1d|500tick|10000volume|1000000value|2.5range|2.5renko [--replay] [--interval 1m] [--session 09:30-16:00 [--holiday DATE …]] [--filter NAME|JSON …] [--profile default|backtrader|qtpylib] [--bar2edge yes|no] [--adjbartime yes|no] [--rightedge yes|no] [--takelate yes|no] [--boundoff N] [--zone …] [--stamp …]',
  about:
    'Other bars from the bars or prints of a file: {interval, source, bars, columns}, times in epoch milliseconds, null ' +
    'where undefined. --replay shows each bar while it forms. --profile backtrader follows its resampledata, qtpylib ' +
    'its resolutions (--to 5T, 20K, 1000V).',
  options: { ...resampleOptions, ...importOptions, interval: { type: 'string' } },
  async run(context) {
    const source = await readSource(context, resolve(positional(context, 0, 'FILE')))
    const filtered = filter(context, source)
    const shown = build(context, { ...source, series: filtered })
    const { bars, numbers } = shown
    const columns = Object.fromEntries(barColumnNames.map((name) => [name, bars[name]]))
    const document = {
      interval: text(context.values, 'to'),
      source: { interval: source.interval, bars: source.series.length },
      bars: bars.length,
      columns: { ...jsonColumns(columns), ...(numbers === undefined ? {} : { number: [...numbers] }) },
    }
    context.output.answer(document, () => table(bars, source.zone))
    return exitCode.done
  },
}

async function readSource(context: VerbContext, path: string): Promise<SourceFile> {
  const stated = text(context.values, 'interval')
  const preview = await inspectFile(path, await givenRecipe(context))
  const recipe = corrected(context, preview.recipe, stated)
  for (const doubt of preview.doubts)
    if (!isSettled(context, doubt, stated)) context.output.note(`not certain: ${doubt}${assumed(recipe, doubt)}`)
  const { series } = await readWhole(path, recipe, {
    onProgress: () => undefined,
    cancelled: () => false,
    keepPrints: true,
  })
  return { path, series, zone: recipe.zone, interval: recipe.shape === 'ticks' ? null : recipe.interval }
}

function filter({ values }: VerbContext, { series, zone, interval }: SourceFile): BarSeries {
  const { open, close } = sessionOf(values) ?? { open: 0, close: 86_400_000 }
  const stepMs = interval === null ? 1_000 : barSpecMs(parseBarSpec(interval))
  const profile = text(values, 'profile') === 'backtrader' ? 'backtrader' : 'default'
  const stamp = profile === 'backtrader' ? 'closeTime' : 'time'
  const feed = { zone, sessionStart: open, sessionEnd: close, stepMs, unitMs: Math.min(stepMs, 60_000), stamp } as const
  return filtersOf(values).reduce((bars, rules) => filterColumns(bars, rules, { profile, feed }).bars, series)
}

function build(
  { values }: VerbContext,
  source: SourceFile,
): { readonly bars: BarSeries; readonly numbers?: Int32Array } {
  if (text(values, 'profile') === 'qtpylib') {
    const to = text(values, 'to')
    if (to === undefined) throw new UsageError('--to is missing: a resolution such as 5T, 20K or 1000V')
    return { bars: resampleQtpylib(source.series, to, { shape: source.interval === null ? 'ticks' : 'bars' }) }
  }
  const rules = rulesOf(values, source.zone, source.interval)
  if (rules.profile === 'default') checkSource(source, rules.spec)
  if (!flag(values, 'replay')) return { bars: resampleColumns(source.series, rules).bars }
  const { bars, number } = replayColumns(source.series, rules)
  return { bars, numbers: number }
}

/** Bars cannot be made finer, and only prints can be counted as prints. */
function checkSource({ interval, path }: SourceFile, spec: IntervalSpec): void {
  if (interval === null || planResample([parseBarSpec(interval)], spec) !== undefined) return
  throw new DomainError('interval.unavailable', {
    instrument: basename(path),
    interval: formatInterval(spec),
    stored: interval,
  })
}

function table(bars: BarSeries, zone: string): string {
  const names = ['open', 'high', 'low', 'close', 'volume'] as const
  const rows = Array.from({ length: bars.length }, (_, row) => [
    dateCell(bars.time[row] as number, zone),
    dateCell(bars.closeTime[row] as number, zone),
    ...names.map((name) => {
      const value = bars[name][row] as number
      return Number.isNaN(value) ? '–' : String(value)
    }),
  ])
  return textTable(['time', 'until', ...names], rows)
}
