import { resolve } from 'node:path'
import { type SeriesKind, seriesKinds } from '../../../domain/market-columns.ts'
import { callService } from '../../call-service.ts'
import { followJob } from '../follow-job.ts'
import { dateCell, jsonColumns, textTable } from '../output.ts'
import { exitCode, flag, number, positional, text, time, UsageError, type Verb, type VerbContext } from '../verb.ts'

const tasks: Readonly<Record<string, (context: VerbContext) => Promise<void>>> = {
  list: listTask,
  import: importTask,
  read: readTask,
  book: bookTask,
  days: daysTask,
  repair: repairTask,
  delete: deleteTask,
}

export const ticksVerb: Verb = {
  name: 'ticks',
  words: 2,
  usage:
    'ticks [list] | import FILE --instrument ID [--kind tick|quote] [--zone ZONE] | read ID [--kind tick|quote|book] [--from T] [--to T] [--limit N] | book ID --at T | days ID [--kind …] [--from T] [--to T] | repair ID [--kind …] | delete ID --kind … (--before T | --all)',
  about: 'Stored ticks, quotes and order books: what there is, import, reading, the book at a time, repair, retention.',
  options: {
    instrument: { type: 'string' },
    kind: { type: 'string' },
    zone: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    at: { type: 'string' },
    limit: { type: 'string' },
    before: { type: 'string' },
    all: { type: 'boolean' },
  },
  async run(context) {
    const [word = 'list'] = context.positionals
    const task = tasks[word]
    if (task === undefined) throw new UsageError(`ticks knows ${Object.keys(tasks).join(', ')}, not “${word}”`)
    await task(context)
    return exitCode.done
  },
}

function kindOf({ values }: VerbContext): SeriesKind {
  const word = text(values, 'kind') ?? 'tick'
  const kind = seriesKinds.find((one) => one === word)
  if (kind === undefined) throw new UsageError(`--kind is ${seriesKinds.join(', ')}, was “${word}”`)
  return kind
}

async function listTask({ output, service }: VerbContext): Promise<void> {
  const { coverage } = await callService(await service(), 'market.coverage', {})
  output.answer({ coverage }, () => {
    const rows = coverage.map(({ instrument, kind, rows: count, from, to, bytes, source }) => {
      return [instrument, kind, String(count), dateCell(from), dateCell(to), String(bytes ?? '–'), source]
    })
    return textTable(['instrument', 'kind', 'rows', 'from', 'to', 'bytes', 'source'], rows)
  })
}

async function importTask(context: VerbContext): Promise<void> {
  const { values, output } = context
  const kind = kindOf(context)
  if (kind === 'book') throw new UsageError('files of order books are not read: --kind is tick or quote')
  const instrument = text(values, 'instrument')
  if (instrument === undefined) throw new UsageError('--instrument is missing')
  const path = resolve(positional(context, 1, 'FILE'))
  const service = await context.service()
  let job = ''
  await followJob(context, service, async () => {
    const takes = { path, kind, instrument, zone: text(values, 'zone') ?? null }
    job = (await callService(service, 'market.import', takes)).job
    return job
  })
  const result = await callService(service, 'market.imported', { job })
  output.answer(result, () => {
    const counts = `${result.added} added, ${result.changed} changed, ${result.unchanged} unchanged`
    return `${instrument} ${kind}: ${result.rows} rows, ${counts}`
  })
}

async function readTask(context: VerbContext): Promise<void> {
  const { values, output } = context
  const instrument = positional(context, 1, 'the instrument')
  const limit = number(values, 'limit') ?? 1_000
  const takes = { instrument, from: time(values, 'from'), to: time(values, 'to'), limit }
  const kind = kindOf(context)
  const service = await context.service()
  const { reply, columns } =
    kind === 'book'
      ? await callService(service, 'book.read', {
          ...takes,
          from: takes.from ?? 0,
          to: takes.to ?? Number.MAX_SAFE_INTEGER,
        })
      : await callService(service, kind === 'tick' ? 'ticks.read' : 'quotes.read', takes)
  output.answer({ ...reply, columns: jsonColumns(columns) }, () => {
    const names = Object.keys(columns)
    const rows = Array.from({ length: reply.rows }, (_, row) =>
      names.map((name) => valueCell(name, columns[name]?.[row])),
    )
    return `${textTable(names, rows)}${reply.more ? `\n… more: --limit is ${limit}` : ''}`
  })
}

function valueCell(name: string, value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  return name === 'time' ? new Date(value).toISOString() : String(value)
}

async function bookTask(context: VerbContext): Promise<void> {
  const instrument = positional(context, 1, 'the instrument')
  const at = time(context.values, 'at')
  if (at === null) throw new UsageError('--at is missing: a time such as 2024-01-31T14:30Z')
  const { reply } = await callService(await context.service(), 'book.read', { instrument, from: at, to: null })
  const { time: known, bids, asks } = reply
  context.output.answer({ time: known, bids, asks }, () => {
    const rows = Array.from({ length: Math.max(bids.length, asks.length) }, (_, row) => {
      const [bid, ask] = [bids[row] ?? [], asks[row] ?? []]
      return [bid[1], bid[0], ask[0], ask[1]].map((value) => (value === undefined ? '' : String(value)))
    })
    return textTable(['bid size', 'bid', 'ask', 'ask size'], rows)
  })
}

async function daysTask(context: VerbContext): Promise<void> {
  const instrument = positional(context, 1, 'the instrument')
  const { values } = context
  const takes = { instrument, kind: kindOf(context), from: time(values, 'from'), to: time(values, 'to') }
  const { days, hash } = await callService(await context.service(), 'market.days', takes)
  context.output.answer({ days, hash }, () => {
    const rows = days.map(({ day, rows: count }) => [dateCell(day), String(count)])
    return `${textTable(['day', 'rows'], rows)}\nhash ${hash}`
  })
}

async function repairTask(context: VerbContext): Promise<void> {
  const takes = { instrument: positional(context, 1, 'the instrument'), kind: kindOf(context) }
  const { damaged } = await callService(await context.service(), 'market.repair', takes)
  context.output.answer({ damaged }, () => {
    if (damaged.length === 0) return `${takes.instrument} ${takes.kind}: all rows read as they were written`
    const rows = damaged.map(({ from, to, rows: count }) => [
      dateCell(from),
      dateCell(to),
      count === 0 ? '–' : String(count),
    ])
    return `set aside; fetch these periods again\n${textTable(['from', 'to', 'rows'], rows)}`
  })
}

async function deleteTask(context: VerbContext): Promise<void> {
  const { values, output } = context
  const instrument = positional(context, 1, 'the instrument')
  const before = time(values, 'before')
  if ((before === null) !== flag(values, 'all')) throw new UsageError('say what goes: --before T, or --all')
  if (text(values, 'kind') === undefined) throw new UsageError('--kind is missing: nothing is deleted by default')
  const takes = { instrument, kind: kindOf(context), before }
  const { removed } = await callService(await context.service(), 'market.delete', takes)
  output.answer({ removed }, () => `${removed} rows removed`)
}
