import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { paramValuesSchema } from '../../../contract/schemas.ts'
import { withLocalTime } from '../../../data/local-time.ts'
import { isZone } from '../../../data/zone-offsets.ts'
import { DomainError } from '../../../domain/errors.ts'
import { type PriceSource, priceSources } from '../../../domain/price-source.ts'
import { indicatorCatalogue } from '../../../indicators/catalogue.ts'
import { validateParams } from '../../../indicators/compute.ts'
import { catalogueEntry, computeOver } from '../../../workstation/indicators.ts'
import { createImportWorker } from '../../import/import-client.ts'
import { jsonColumns, textTable } from '../output.ts'
import { exitCode, positional, text, UsageError, type Verb, type VerbContext } from '../verb.ts'

type Params = Readonly<Record<string, string | number | boolean>>

/** Computes straight from a file: nothing is stored and no data folder is needed. */
export const indicatorVerb: Verb = {
  name: 'indicator',
  words: 1,
  usage:
    'indicator ID --data FILE.csv [--params \'{"period":20}\'] [--sources close,open] [--zone America/New_York] [--skip-bad-rows]',
  about:
    'One indicator over the rows of a file, null where undefined; ID may be a name of backtrader, TA-Lib, qtpylib.',
  options: {
    data: { type: 'string' },
    params: { type: 'string' },
    sources: { type: 'string' },
    zone: { type: 'string' },
    'skip-bad-rows': { type: 'boolean' },
  },
  async run(context) {
    const id = positional(context, 0, 'ID')
    const file = text(context.values, 'data')
    if (file === undefined) throw new UsageError('--data is missing: a file with bars')
    const params = parseParams(text(context.values, 'params') ?? '{}')
    checkZone(text(context.values, 'zone'))
    const { series, zone } = await readBars(context, resolve(file))
    const { warmup, lines } = computeOver(
      id,
      params,
      withLocalTime(series, zone),
      parseSources(text(context.values, 'sources')),
    )
    const document = { id, params: validateParams(id, params), warmup, lines: jsonColumns(lines) }
    context.output.answer(document, () => {
      const names = Object.keys(lines)
      const rows = Array.from({ length: series.length }, (_, row) => [
        new Date(series.time[row] as number).toISOString(),
        ...names.map((name) => String(document.lines[name]?.[row] ?? '–')),
      ])
      return textTable(['time', ...names], rows)
    })
    return exitCode.done
  },
}

export const indicatorsVerb: Verb = {
  name: 'indicators',
  words: 0,
  usage: 'indicators',
  about: 'The indicator catalogue.',
  options: {},
  async run({ output }) {
    const document = indicatorCatalogue.map((definition) => {
      const entry = catalogueEntry(definition)
      const standard = Object.fromEntries(definition.params.map((param) => [param.name, param.default]))
      return { ...entry, warmup: definition.warmup(standard) }
    })
    output.answer(document, () =>
      textTable(
        ['id', 'title', 'parameters', 'outputs'],
        document.map(({ id, title, params, outputs }) => [
          id,
          title.en,
          params.map((param) => `${param.name}=${param.default}`).join(' '),
          outputs.map(({ name }) => name).join(' '),
        ]),
      ),
    )
    return exitCode.done
  },
}

function parseSources(list: string | undefined): PriceSource[] {
  const names = list === undefined ? [] : list.split(',')
  const wrong = names.find((name) => !(priceSources as readonly string[]).includes(name))
  if (wrong !== undefined) throw new UsageError(`--sources: ${wrong} is none of ${priceSources.join(', ')}`)
  return names as PriceSource[]
}

function checkZone(zone: string | undefined): void {
  if (zone !== undefined && !isZone(zone)) throw new UsageError(`--zone is no time zone: ${zone}`)
}

function parseParams(json: string): Params {
  const parsed = paramValuesSchema.safeParse(parseJson(json))
  if (!parsed.success) throw new UsageError(`--params is an object such as {"period":20}, was ${json}`)
  return parsed.data
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (failure) {
    throw new UsageError(`--params is not JSON: ${(failure as Error).message}`)
  }
}

async function readBars(context: VerbContext, path: string) {
  const worker = createImportWorker(pathToFileURL(join(context.outFolder, 'main', 'import-worker.js')))
  try {
    const { recipe, suggestedInstrument } = await worker.inspect(path, null)
    const badRows = context.values['skip-bad-rows'] === true ? 'skip' : recipe.badRows
    const imported = await worker.import(
      path,
      { ...recipe, badRows },
      { onProgress: () => undefined, cancelled: () => false },
    )
    if (imported.series.length === 0) throw new DomainError('import.empty', { path })
    if (imported.badRowCount > 0) context.output.note(`${path}: ${imported.badRowCount} bad rows were left out`)
    return { series: imported.series, zone: text(context.values, 'zone') ?? suggestedInstrument.zone }
  } finally {
    await worker.close()
  }
}
