import type { Gives, Takes } from '../../../contract/contract.ts'
import { callService, type Service } from '../../call-service.ts'
import { dateCell, jsonColumns, textTable } from '../output.ts'
import { exitCode, positional, text, texts, UsageError, type Verb, type VerbContext } from '../verb.ts'

type Asked = Takes<'run.analyzers'>['analyzers'][number]
/** A longer list is shown as its length: it is meant for a program. */
const mostRows = 100

export const analyzeVerb: Verb = {
  name: 'analyze',
  words: 1,
  usage: `analyze RUN [--analyzer ID --params '{"timeframe":"Months"}'] … | [--observer ID --params JSON]`,
  about:
    'What analyzers say about a stored run, or the lines of one observer; without a name all but those with an entry for each bar.',
  options: {
    analyzer: { type: 'string', multiple: true },
    observer: { type: 'string' },
    params: { type: 'string', multiple: true },
  },
  async run(context) {
    const run = positional(context, 0, 'RUN')
    const analyzers = texts(context.values, 'analyzer')
    const params = texts(context.values, 'params').map(parseParams)
    const observer = text(context.values, 'observer')
    if (observer !== undefined && analyzers.length > 0)
      throw new UsageError('--analyzer and --observer exclude each other')
    if (params.length > 0 && params.length !== (observer === undefined ? analyzers.length : 1))
      throw new UsageError('--params: give one for each --analyzer ({} for its defaults), or one for --observer')
    const service = await context.service()
    if (observer !== undefined) return observe(context, service, { run, observer, params: params[0] ?? {} })
    const asked: Asked[] = analyzers.map((analyzer, index) => ({ analyzer, params: params[index] ?? {} }))
    const { analyses } = await callService(service, 'run.analyzers', { run, analyzers: asked })
    context.output.answer({ run, analyses }, () => analyses.map(shown).join('\n\n'))
    return exitCode.done
  },
}

async function observe({ output }: VerbContext, service: Service, takes: Takes<'run.observer'>): Promise<number> {
  const { reply, columns } = await callService(service, 'run.observer', takes)
  const { capsule } = await callService(service, 'run.get', { run: takes.run })
  const document = { run: takes.run, ...reply, columns: jsonColumns(columns) }
  output.answer(document, () => {
    const rows = Array.from(columns.time ?? [], (time, row) => [
      dateCell(time, capsule.instruments[0]?.zone),
      ...reply.lines.map((line) => String(document.columns[line]?.[row] ?? '–')),
    ])
    return textTable(['time', ...reply.lines], rows)
  })
  return exitCode.done
}

function shown({ analyzer, analysis }: Gives<'run.analyzers'>['analyses'][number]): string {
  const leaves = leavesOf(analysis)
  const rows = leaves.length > mostRows ? [[`${leaves.length} values: --analyzer ${analyzer} --json`, '']] : leaves
  return textTable([analyzer, 'value'], rows)
}

function leavesOf(value: unknown, path = ''): string[][] {
  if (typeof value !== 'object' || value === null) return [[path, value === null ? '–' : String(value)]]
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, path === '' ? key : `${path}.${key}`))
}

function parseParams(json: string): Asked['params'] {
  try {
    const parsed = JSON.parse(json) as unknown
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Asked['params']
  } catch (failure) {
    throw new UsageError(`--params is not JSON: ${(failure as Error).message}`)
  }
  throw new UsageError(`--params is an object such as {"timeframe":"Months"}, was ${json}`)
}

export const analyzersVerb: Verb = {
  name: 'analyzers',
  words: 0,
  usage: 'analyzers',
  about: 'The analyzers and observers, with their parameters.',
  options: {},
  async run({ output, service }) {
    const document = await callService(await service(), 'analyzer.list', {})
    output.answer(document, () =>
      [catalogueTable('analyzer', document.analyzers), catalogueTable('observer', document.observers)].join('\n\n'),
    )
    return exitCode.done
  },
}

function catalogueTable(
  kind: string,
  entries: readonly Omit<Gives<'analyzer.list'>['analyzers'][number], 'perBar'>[],
): string {
  const rows = entries.map(({ id, title, aliases, params }) => [
    id,
    title.en,
    (aliases.backtrader ?? []).join(' '),
    params.map((param) => `${param.name}=${param.default ?? '–'}`).join(' '),
  ])
  return textTable([kind, 'title', 'backtrader', 'parameters'], rows)
}
