import type { Gives, Takes } from '../../../contract/contract.ts'
import { noticeLevels } from '../../../domain/notice-words.ts'
import { callService, type Service } from '../../call-service.ts'
import { textTable } from '../output.ts'
import { exitCode, number, positional, text, texts, UsageError, type Verb, type VerbContext } from '../verb.ts'

type Alert = Takes<'alert.put'>['alert']

const repeats = ['once', 'per-bar', 'per-minute'] as const

/** Alerts without code, from a terminal. */
export const alertVerb: Verb = {
  name: 'alert',
  words: 2,
  usage:
    'alert list | alert add ID --when CONDITION [--when …] [--any] [--repeat once|per-bar|per-minute] [--until DATE] [--level LEVEL] [--name TEXT] | ' +
    'alert try ID [--from DATE] [--to DATE] | alert try --when CONDITION [--when …] | alert arm ID | alert disarm ID | alert remove ID | alert log [ID] [--limit N]',
  about:
    'Tells you when conditions on prices, indicators, quotes, sessions or events hold; `alert try` says how often that would have been. Watched while the workstation or `tickwright serve` runs.',
  options: {
    when: { type: 'string', multiple: true },
    any: { type: 'boolean' },
    repeat: { type: 'string' },
    until: { type: 'string' },
    level: { type: 'string' },
    name: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    limit: { type: 'string' },
  },
  async run(context) {
    const word = positional(context, 0, 'what to do')
    const act = words[word]
    if (act === undefined) throw new UsageError(`alert takes ${Object.keys(words).join(', ')}, was “${word}”`)
    await act(context, await context.service())
    return exitCode.done
  },
}

const words: Readonly<Record<string, (context: VerbContext, service: Service) => Promise<void>>> = {
  list,
  async add(context, service) {
    await callService(service, 'alert.put', { alert: alertOf(context, positional(context, 1, 'ID')) })
    await list(context, service)
  },
  async try(context, service) {
    const { values, output } = context
    const answer = await callService(service, 'alert.try', {
      alert: texts(values, 'when').length > 0 ? alertOf(context, 'tried') : await stored(context, service),
      from: time(context, 'from'),
      to: time(context, 'to'),
    })
    output.answer(answer, () => [`${answer.count} times`, firingsText(answer.firings.slice(0, 20))].join('\n'))
  },
  arm: (context, service) => arm(context, service, true),
  disarm: (context, service) => arm(context, service, false),
  async remove(context, service) {
    await callService(service, 'alert.remove', { alert: positional(context, 1, 'ID') })
    await list(context, service)
  },
  async log({ positionals, values, output }, service) {
    const limit = number(values, 'limit') ?? 100
    const answer = await callService(service, 'alert.log', { alert: positionals[1] ?? null, limit })
    output.answer(answer, () => firingsText(answer.firings))
  },
}

async function list({ output }: VerbContext, service: Service): Promise<void> {
  const answer = await callService(service, 'alert.list', {})
  output.answer(answer, () => alertsText(answer))
}

async function arm(context: VerbContext, service: Service, armed: boolean): Promise<void> {
  await callService(service, 'alert.arm', { alert: positional(context, 1, 'ID'), armed })
  await list(context, service)
}

async function stored(context: VerbContext, service: Service): Promise<Alert> {
  const id = positional(context, 1, 'ID')
  const { alerts } = await callService(service, 'alert.list', {})
  const found = alerts.find((each) => each.id === id)
  if (found === undefined) throw new UsageError(`there is no alert “${id}”; --when gives conditions to try`)
  const { state: _state, since: _since, fired: _fired, firedAt: _firedAt, trouble: _trouble, ...alert } = found
  return alert
}

function alertOf(context: VerbContext, id: string): Alert {
  const { values } = context
  const conditions = texts(values, 'when')
  if (conditions.length === 0) throw new UsageError('--when is missing, e.g. --when "SPX 1d: close above 3000"')
  const repeat = repeats.find((each) => each === (text(values, 'repeat') ?? 'once'))
  if (repeat === undefined) throw new UsageError(`--repeat is one of ${repeats.join(', ')}`)
  const level = noticeLevels.find((each) => each === (text(values, 'level') ?? 'info'))
  if (level === undefined) throw new UsageError(`--level is one of ${noticeLevels.join(', ')}`)
  const join = values.any === true ? 'any' : 'all'
  const name = text(values, 'name') ?? ''
  return { id, name, conditions: [...conditions], join, repeat, expires: time(context, 'until'), level, armed: true }
}

function time({ values }: VerbContext, option: string): number | null {
  const given = text(values, option)
  if (given === undefined) return null
  const at = Date.parse(given)
  if (Number.isNaN(at)) throw new UsageError(`--${option} is a date like 2024-01-31, was “${given}”`)
  return at
}

function alertsText({ alerts }: Gives<'alert.list'>): string {
  return textTable(
    ['alert', 'state', 'repeat', 'fired', 'last', 'conditions'],
    alerts.map(({ id, state, repeat, fired, firedAt, conditions, join, trouble }) => [
      ...[id, trouble === null ? state : `${state}: ${trouble}`, repeat, String(fired)],
      ...[firedAt === null ? '–' : new Date(firedAt).toISOString(), conditions.join(` ${join} `)],
    ]),
  )
}

function firingsText(firings: Gives<'alert.log'>['firings']): string {
  return textTable(
    ['time', 'alert', 'what'],
    firings.map(({ at, alert, text: what }) => [new Date(at).toISOString(), alert, what]),
  )
}
