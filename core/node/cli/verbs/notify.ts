import type { Gives } from '../../../contract/contract.ts'
import { channelKindNames, noticeLevels } from '../../../domain/notice-words.ts'
import { callService, type Service } from '../../call-service.ts'
import { textTable } from '../output.ts'
import { readSecret } from '../read-secret.ts'
import { exitCode, number, positional, text, texts, UsageError, type Verb, type VerbContext } from '../verb.ts'
import { watchHeartbeat } from '../watch-heartbeat.ts'

type Rules = Gives<'notification.rules'>['rules']
type Channel = Rules['channels'][number]

/** Who is told of what, from a terminal. */
export const notifyVerb: Verb = {
  name: 'notify',
  words: 4,
  usage:
    'notify list | notify kinds | notify channel ID KIND [--set NAME=VALUE …] [--language en|zh] [--template TEXT] [--off] | notify secret ID NAME (--password-stdin) | ' +
    'notify route [--level LEVEL] [--event EVENT …] [--source S] [--strategy S] [--instrument I] --to ID [--to …] | notify remove ID | notify test ID | ' +
    'notify send TITLE [--text TEXT] [--level LEVEL] | notify log [--channel ID] [--limit N] | notify ack NOTICE | notify watch [--url http://127.0.0.1:47613] [--every 10] [--missing 30]',
  about:
    'Channels (e-mail, SMS, webhook, WeCom, DingTalk, Feishu, Telegram, Discord, Slack, desktop), what goes to them, and what became of it. Secrets go into the vault, never into the command line.',
  options: {
    set: { type: 'string', multiple: true },
    language: { type: 'string' },
    template: { type: 'string' },
    off: { type: 'boolean' },
    'password-stdin': { type: 'boolean' },
    level: { type: 'string' },
    event: { type: 'string', multiple: true },
    source: { type: 'string' },
    strategy: { type: 'string' },
    instrument: { type: 'string' },
    to: { type: 'string', multiple: true },
    text: { type: 'string' },
    channel: { type: 'string' },
    limit: { type: 'string' },
    url: { type: 'string' },
    every: { type: 'string' },
    missing: { type: 'string' },
  },
  async run(context) {
    const word = positional(context, 0, 'what to do')
    const act = words[word]
    if (act === undefined) throw new UsageError(`notify takes ${Object.keys(words).join(', ')}, was “${word}”`)
    return (await act(context, await context.service())) ?? exitCode.done
  },
}

const words: Readonly<Record<string, (context: VerbContext, service: Service) => Promise<number | undefined>>> = {
  async list({ output }, service) {
    const answer = await callService(service, 'notification.rules', {})
    output.answer(answer, () => rulesText(answer))
    return undefined
  },
  async kinds({ output }, service) {
    const answer = await callService(service, 'notification.kinds', {})
    output.answer(answer, () =>
      textTable(
        ['kind', 'settings', 'secrets', 'messages a minute'],
        answer.kinds.map(({ kind, settings, secrets, perMinute }) => [
          ...[kind, settings.join(' '), secrets.join(' '), String(perMinute)],
        ]),
      ),
    )
    return undefined
  },
  channel: (context, service) => change(context, service, (rules) => withChannel(rules, channelOf(context))),
  route: (context, service) =>
    change(context, service, (rules) => ({ ...rules, routes: [...rules.routes, routeOf(context)] })),
  remove: (context, service) => {
    const id = positional(context, 1, 'ID')
    return change(context, service, ({ channels, routes, ...rules }) => ({
      ...rules,
      channels: channels.filter((each) => each.id !== id),
      routes: routes
        .map((route) => ({ ...route, channels: route.channels.filter((each) => each !== id) }))
        .filter((route) => route.channels.length > 0),
    }))
  },
  async secret(context, service) {
    const [channel, name] = [positional(context, 1, 'ID'), positional(context, 2, 'NAME')]
    if (context.values['password-stdin'] !== true) throw new UsageError('the secret is read with --password-stdin')
    const secret = await readSecret()
    await callService(service, 'notification.secret', { channel, name, secret })
    context.output.answer({ channel, name, kept: true }, () => `${name} of ${channel} is in the vault.`)
    return undefined
  },
  async test(context, service) {
    const channel = positional(context, 1, 'ID')
    const { accepted, reason } = await callService(service, 'notification.test', { channel })
    context.output.answer({ channel, accepted, reason }, () =>
      accepted ? `${channel} took it.` : `${channel}: ${reason}`,
    )
    return accepted ? exitCode.done : exitCode.failed
  },
  async send(context, service) {
    const { values } = context
    const answer = await callService(service, 'notification.send', {
      ...{ level: levelOf(context, 'info'), event: 'message', source: 'terminal', strategy: '', instrument: '' },
      ...{ title: positional(context, 1, 'TITLE'), text: text(values, 'text') ?? '' },
    })
    context.output.answer(answer, () =>
      answer.channels.length === 0 ? 'No route leads anywhere.' : `To ${answer.channels.join(', ')}`,
    )
    return undefined
  },
  async log({ values, output }, service) {
    const channel = text(values, 'channel') ?? null
    const limit = number(values, 'limit') ?? 100
    const { deliveries } = await callService(service, 'notification.log', { channel, state: null, text: '', limit })
    output.answer({ deliveries }, () =>
      textTable(
        ['time', 'channel', 'state', 'count', 'title', 'reason'],
        deliveries.map(({ at, channel: to, state, count, notice, reason }) => [
          ...[new Date(at).toISOString(), to, state, String(count), notice.title, reason],
        ]),
      ),
    )
    return undefined
  },
  watch: watchHeartbeat,
  async ack(context, service) {
    const notice = positional(context, 1, 'NOTICE')
    const { deliveries } = await callService(service, 'notification.acknowledge', { notice })
    context.output.answer({ notice, deliveries }, () => `${deliveries} deliveries are acknowledged.`)
    return undefined
  },
}

async function change(context: VerbContext, service: Service, edit: (rules: Rules) => Rules): Promise<undefined> {
  const { rules } = await callService(service, 'notification.rules', {})
  const edited = edit(rules)
  await callService(service, 'notification.configure', { rules: edited })
  const answer = await callService(service, 'notification.rules', {})
  context.output.answer(answer, () => rulesText(answer))
  return undefined
}

function channelOf(context: VerbContext): Channel {
  const { values } = context
  const kind = channelKindNames.find((each) => each === positional(context, 2, 'KIND'))
  if (kind === undefined) throw new UsageError(`KIND is one of ${channelKindNames.join(', ')}`)
  const language = text(values, 'language') ?? 'en'
  if (language !== 'en' && language !== 'zh') throw new UsageError('--language is en or zh')
  return {
    ...{ id: positional(context, 1, 'ID'), kind, language, enabled: values.off !== true },
    settings: Object.fromEntries(texts(values, 'set').map(pairOf)),
    template: text(values, 'template') ?? '',
  }
}

function routeOf(context: VerbContext): Rules['routes'][number] {
  const { values } = context
  const channels = texts(values, 'to')
  if (channels.length === 0) throw new UsageError('--to is missing: the id of a channel')
  return {
    ...{
      level: levelOf(context, 'info'),
      events: texts(values, 'event') as Rules['routes'][number]['events'],
      channels,
    },
    ...{ source: text(values, 'source') ?? '', strategy: text(values, 'strategy') ?? '' },
    instrument: text(values, 'instrument') ?? '',
  }
}

function withChannel(rules: Rules, channel: Channel): Rules {
  return { ...rules, channels: [...rules.channels.filter(({ id }) => id !== channel.id), channel] }
}

function levelOf({ values }: VerbContext, otherwise: Rules['routes'][number]['level']) {
  const given = text(values, 'level') ?? otherwise
  const level = noticeLevels.find((each) => each === given)
  if (level === undefined) throw new UsageError(`--level is one of ${noticeLevels.join(', ')}, was “${given}”`)
  return level
}

function pairOf(pair: string): [string, string] {
  const at = pair.indexOf('=')
  if (at < 1) throw new UsageError(`--set is name=value, was “${pair}”`)
  return [pair.slice(0, at), pair.slice(at + 1)]
}

function rulesText({ rules, secrets }: Gives<'notification.rules'>): string {
  const channels = textTable(
    ['channel', 'kind', 'state', 'settings', 'secrets'],
    rules.channels.map(({ id, kind, enabled, settings }) => [
      ...[id, kind, enabled ? 'on' : 'off'],
      Object.entries(settings)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
      (secrets[id] ?? []).join(' '),
    ]),
  )
  const routes = rules.routes.map(({ level, events, source, strategy, instrument, channels: to }) =>
    [
      `${level} and above`,
      ...[events.join(' '), source, strategy, instrument].filter((part) => part !== ''),
      `→ ${to.join(', ')}`,
    ].join(' · '),
  )
  return [channels, '', ...routes].join('\n')
}
