import { readFile } from 'node:fs/promises'
import { DomainError } from '../../../domain/errors.ts'
import { metricEntries } from '../../../reports/metric-catalogue.ts'
import { returnParts } from '../../../reports/metric-facts.ts'
import { metricValues } from '../../../reports/metrics.ts'
import { type ReturnsFile, readReturns } from '../../../reports/read-returns.ts'
import { dateCell, type Output, textTable } from '../output.ts'
import { exitCode, flag, number, text, UsageError, type Verb, type VerbContext } from '../verb.ts'

/** Computes straight from a file of returns: nothing is stored and no data folder is needed. */
export const metricsVerb: Verb = {
  name: 'metrics',
  words: 0,
  usage:
    'metrics --returns FILE.csv [--benchmark FILE.csv] [--periods-per-year 252] [--risk-free R] [--trials N --trial-variance V] [--seed N] | metrics --list',
  about: 'Every metric of a file of returns (date,return), null where undefined; --list names and defines them.',
  options: {
    list: { type: 'boolean' },
    returns: { type: 'string' },
    benchmark: { type: 'string' },
    'periods-per-year': { type: 'string' },
    'risk-free': { type: 'string' },
    trials: { type: 'string' },
    'trial-variance': { type: 'string' },
    seed: { type: 'string' },
  },
  async run(context) {
    return flag(context.values, 'list') ? list(context.output) : computed(context)
  },
}

function list(output: Output): number {
  const entries = metricEntries()
  output.answer(entries, () =>
    textTable(
      ['id', 'title', 'unit', 'formula', 'elsewhere'],
      entries.map(({ id, title, unit, formula, aliases }) => [
        ...[id, title.en, unit, formula],
        Object.entries(aliases)
          .flatMap(([system, names]) => names.map((name) => `${system}:${name}`))
          .join(' '),
      ]),
    ),
  )
  return exitCode.done
}

async function computed({ values, output }: VerbContext): Promise<number> {
  const path = text(values, 'returns')
  if (path === undefined) throw new UsageError('--returns is missing: a file with rows date,return')
  const periodsPerYear = number(values, 'periods-per-year') ?? 252
  const riskFree = number(values, 'risk-free') ?? 0
  if (!(periodsPerYear > 0)) throw new UsageError(`--periods-per-year must be above 0, was ${periodsPerYear}`)
  if (!(riskFree > -1)) throw new UsageError(`--risk-free is a ratio a year such as 0.02, was ${riskFree}`)
  const own = await returnsFile(path, output)
  const other = text(values, 'benchmark')
  const parts = returnParts(own.series, {
    basis: { periodsPerYear, riskFree },
    benchmark: other === undefined ? null : (await returnsFile(other, output)).series,
    seed: number(values, 'seed') ?? 1,
    trials: number(values, 'trials') ?? Number.NaN,
    trialVariance: number(values, 'trial-variance') ?? Number.NaN,
  })
  if (parts.benchmark?.own.count === 0) throw new DomainError('returns.no-overlap', { path, benchmark: other ?? '' })
  const found = metricValues(parts)
  output.answer(found, () => {
    const rows = metricEntries().map(({ id, title, unit }) => [id, title.en, valueText(found[id] ?? null, unit)])
    return textTable(['id', 'title', 'value'], rows)
  })
  return exitCode.done
}

async function returnsFile(path: string, output: Output): Promise<ReturnsFile> {
  const content = await readFile(path, 'utf8').catch((failure: NodeJS.ErrnoException) => {
    if (failure.code === 'ENOENT') throw new DomainError('import.file-missing', { path })
    throw new DomainError('import.file-unreadable', { path, reason: failure.code ?? failure.message })
  })
  const file = readReturns(content, path)
  if (file.skipped > 0) output.note(`${path}: ${file.skipped} rows without a return were left out`)
  if (file.series.value.every((value) => value > 1)) {
    output.note(`${path}: every value is above 100 %; these look like prices, not like returns`)
  }
  return file
}

function valueText(value: number | null, unit: string): string {
  if (value === null) return '–'
  return unit === 'date' ? dateCell(value) : String(value)
}
