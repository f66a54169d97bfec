import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Takes } from '../../core/contract/contract.ts'
import { aService, fillHome, type RunningService, temporaryHome } from '../helpers/a-service.ts'
import { type ChatServices, chatServices } from '../helpers/chat-services.ts'
import { memoryVault } from '../helpers/memory-vault.ts'

type Rules = Takes<'notification.configure'>['rules']
type Channel = Rules['channels'][number]

const plain = { enabled: true, language: 'en', template: '' } as const
const route: Omit<Rules['routes'][number], 'channels'> = {
  ...{ level: 'info', events: [], source: '', strategy: '', instrument: '' },
}
const quietRules = { quiet: null, foldSeconds: 0, repeatMinutes: 0, escalateAfter: 0, escalateTo: [] }

interface Mailbox {
  readonly port: number
  readonly mails: { readonly subject: string; readonly text: string; readonly to: string }[]
  /** Answers of the next deliveries: an SMTP code. */
  readonly refuse: number[]
  close(): Promise<void>
}

/** A real SMTP server that wants a user, without TLS as on a loopback. */
async function mailbox(): Promise<Mailbox> {
  const mails: Mailbox['mails'] = []
  const refuse: number[] = []
  const server = new SMTPServer({
    authOptional: false,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, done) => {
      if (password === 'PASSWORD') return done(null, { user: 'me' })
      return done(Object.assign(new Error('Authentication failed'), { responseCode: 535 }))
    },
    onData: (stream, _session, done) => {
      const code = refuse.shift()
      simpleParser(stream).then((mail) => {
        if (code !== undefined) return done(Object.assign(new Error('not now'), { responseCode: code }))
        const to = Array.isArray(mail.to) ? '' : (mail.to?.text ?? '')
        mails.push({ subject: mail.subject ?? '', text: mail.text ?? '', to })
        return done()
      }, done)
    },
  })
  const port = await new Promise<number>((listening) => {
    const listener = server.listen(0, '127.0.0.1', () => listening((listener.address() as { port: number }).port))
  })
  return { port, mails, refuse, close: () => new Promise((closed) => server.close(() => closed())) }
}

describe('notifications', () => {
  const home = temporaryHome()
  const vault = memoryVault()
  let running: RunningService
  let chats: ChatServices
  let mail: Mailbox

  beforeAll(async () => {
    await fillHome(home.path)
    running = await aService({ home: home.path, vault })
    chats = await chatServices()
    mail = await mailbox()
  })
  afterAll(async () => {
    await running.close()
    await chats.close()
    await mail.close()
    home.remove()
  })

  const secretsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    email: { password: 'PASSWORD' },
    telegram: { token: 'TOKEN' },
    wecom: { key: 'KEY' },
    dingtalk: { token: 'TOKEN', secret: 'SECRET' },
    feishu: { token: 'TOKEN', secret: 'SECRET' },
    twilio: { token: 'TOKEN' },
    vonage: { secret: 'SECRET' },
    webhook: { secret: 'SECRET' },
  }
  const settingsOf = (kind: Channel['kind']): Record<string, string> => {
    const api = chats.address
    const phones = { from: '+100', to: '+200' }
    const settings: Partial<Record<Channel['kind'], Record<string, string>>> = {
      email: {
        host: '127.0.0.1',
        port: String(mail.port),
        from: 'a@example.org',
        to: 'b@example.org',
        user: 'me',
        tls: 'no',
      },
      telegram: { chat: '42', api },
      wecom: { api },
      dingtalk: { api },
      feishu: { api },
      twilio: { account: 'AC1', ...phones, api },
      vonage: { key: 'me', ...phones, api },
      webhook: { url: `${api}/webhook` },
    }
    return settings[kind] ?? {}
  }
  const channel = (kind: Channel['kind'], more: Partial<Channel> = {}): Channel => {
    return { id: kind, kind, ...plain, settings: settingsOf(kind), ...more }
  }
  const configure = async (channels: readonly Channel[], more: Partial<Rules> = {}) => {
    const routes = [{ ...route, channels: channels.map(({ id }) => id) }]
    await running.call('notification.configure', { rules: { channels: [...channels], routes, ...quietRules, ...more } })
    for (const { id, kind } of channels) {
      const urls = { discord: { url: `${chats.address}/discord` }, slack: { url: `${chats.address}/slack` } }
      const secrets = kind === 'discord' || kind === 'slack' ? urls[kind] : (secretsOf[kind] ?? {})
      for (const [name, secret] of Object.entries(secrets))
        await running.call('notification.secret', { channel: id, name, secret })
    }
  }
  const notice = { level: 'info', event: 'message', source: 'test', strategy: 'Cross', instrument: 'SPX' } as const
  const send = (title: string, more: Partial<Takes<'notification.send'>> = {}) =>
    running.call('notification.send', { ...notice, title, text: 'as asked', ...more })
  const delivered = (id: string, state: string, text: string) =>
    running.until('notification.changed', ({ delivery }) => {
      return delivery.channel === id && delivery.state === state && delivery.notice.title.includes(text)
    })

  const kinds = [
    'email',
    'telegram',
    'discord',
    'slack',
    'wecom',
    'dingtalk',
    'feishu',
    'twilio',
    'vonage',
    'webhook',
  ] as const

  it.each(kinds)('go by %s, and count as accepted when the service says so', async (kind) => {
    await configure([channel(kind)])
    expect(await running.call('notification.test', { channel: kind })).toEqual({ accepted: true, reason: '' })
    await send(`by ${kind}`)
    expect((await delivered(kind, 'accepted', `by ${kind}`)).delivery).toMatchObject({ attempts: 1, reason: '' })
    if (kind === 'email') expect(mail.mails.at(-1)).toMatchObject({ subject: 'by email', to: 'b@example.org' })
    else expect(JSON.stringify(chats.received.at(-1)?.body)).toContain(`by ${kind}`)
  })

  it.each([
    ['telegram', { chat: '43' }, /HTTP 400.*chat not found/],
    ['twilio', { to: '200' }, /HTTP 400.*Invalid To number/],
  ] as const)('are failed at once when %s refuses for good', async (kind, settings, reason) => {
    await configure([channel(kind, { settings: { ...settingsOf(kind), ...settings } })])
    await send(`refused by ${kind}`)
    const { delivery } = await delivered(kind, 'failed', `refused by ${kind}`)
    expect(delivery).toMatchObject({ attempts: 1, reason: expect.stringMatching(reason) })
  })

  it.each(['wecom', 'dingtalk', 'feishu', 'vonage'] as const)(
    'are failed when %s answers 200 and says in the body that it refuses',
    async (kind) => {
      await configure([channel(kind)])
      for (const name of Object.keys(secretsOf[kind] ?? {}))
        await running.call('notification.secret', { channel: kind, name, secret: 'WRONG-ONE' })
      const { accepted, reason } = await running.call('notification.test', { channel: kind })
      expect(accepted).toBe(false)
      expect(reason).not.toContain('WRONG-ONE')
    },
  )

  it('are tried again after 429 and 5xx, as late as the service asks', async () => {
    await configure([channel('telegram')])
    const busy = { ok: false, error_code: 429, parameters: { retry_after: 1 } }
    chats.next.set('telegram', [
      { status: 429, body: JSON.stringify(busy) },
      { status: 502, body: 'bad gateway' },
    ])
    const before = Date.now()
    await send('patient')
    expect((await delivered('telegram', 'accepted', 'patient')).delivery.attempts).toBe(3)
    expect(Date.now() - before).toBeGreaterThan(1_000)
  })

  it('are tried again by e-mail after 451, and not after a wrong password', async () => {
    await configure([channel('email')])
    mail.refuse.push(451)
    await send('greylisted')
    expect((await delivered('email', 'accepted', 'greylisted')).delivery.attempts).toBe(2)
    await running.call('notification.secret', { channel: 'email', name: 'password', secret: 'NOT-IT' })
    await send('locked out')
    const { delivery } = await delivered('email', 'failed', 'locked out')
    expect(delivery).toMatchObject({ attempts: 1, reason: expect.stringMatching(/Authentication failed|535/) })
    expect(delivery.reason).not.toContain('NOT-IT')
  })

  it('tell of a channel that fails by the others', async () => {
    await configure([channel('telegram', { settings: { ...settingsOf('telegram'), chat: '43' } }), channel('slack')])
    await send('half way')
    await delivered('telegram', 'failed', 'half way')
    await delivered('slack', 'accepted', 'Channel telegram fails')
  })

  it('fold a storm into one message with its count', async () => {
    await configure([channel('webhook')], { foldSeconds: 1 })
    for (let k = 0; k < 20; k++) await send('the same again', { instrument: 'STORM' })
    await expect
      .poll(
        async () => {
          const query = { channel: 'webhook', state: null, text: 'STORM', limit: 100 } as const
          const { deliveries } = await running.call('notification.log', query)
          return deliveries.map(({ count }) => count).sort((a, b) => a - b)
        },
        { timeout: 5_000 },
      )
      .toEqual([1, 19])
  })

  it('keep to their routes', async () => {
    const routes = [
      { ...route, events: ['fill' as const], channels: ['slack'] },
      { ...route, level: 'error' as const, channels: ['webhook'] },
    ]
    await configure([channel('slack'), channel('webhook')], { routes })
    expect((await send('a fill', { event: 'fill' })).channels).toEqual(['slack'])
    expect((await send('a word')).channels).toEqual([])
    expect((await send('a fault', { level: 'critical' })).channels).toEqual(['webhook'])
  })

  it('that are critical are repeated until somebody acknowledges them', async () => {
    await configure([channel('webhook')], { repeatMinutes: 0.01 })
    const { notice: id } = await send('attention', { level: 'critical' })
    await expect
      .poll(() => chats.received.filter(({ body }) => JSON.stringify(body).includes('attention')).length, {
        timeout: 10_000,
      })
      .toBeGreaterThan(2)
    expect((await running.call('notification.acknowledge', { notice: id })).deliveries).toBe(1)
    const query = { channel: null, state: 'acknowledged', text: 'attention', limit: 10 } as const
    expect((await running.call('notification.log', query)).deliveries).toHaveLength(1)
  })

  it('that were not delivered survive the end of the service', async () => {
    // An hour to both sides of now: a day's quiet hours would leave out its last minute
    const minute = Math.floor(Date.now() / 60_000) % 1_440
    const quiet = { from: (minute + 1_380) % 1_440, to: (minute + 60) % 1_440, zone: 'UTC' }
    await configure([channel('slack')], { quiet })
    await send('in the morning')
    await send('and another')
    await running.close()
    running = await aService({ home: home.path, vault })
    const query = { channel: 'slack', state: 'queued', text: '', limit: 10 } as const
    expect((await running.call('notification.log', query)).deliveries.map(({ notice: one }) => one.title)).toEqual([
      ...['and another', 'in the morning'],
    ])
  })

  it('have templates, whose faults are named by line and column', async () => {
    await configure([channel('slack', { template: '{{ level }}: {{ title }} {{ instrument }}' })])
    await send('templated')
    await delivered('slack', 'accepted', 'templated')
    expect(chats.received.at(-1)?.body.text).toBe('info: templated SPX')
    await expect(configure([channel('slack', { template: 'one\n{{ titel }}' })])).rejects.toMatchObject({
      ...{ code: 'template.wrong', data: { channel: 'slack', line: 2 } },
    })
  })

  it('never show a secret in rules or log', async () => {
    await configure([channel('dingtalk'), channel('telegram')])
    const { rules, secrets } = await running.call('notification.rules', {})
    expect(secrets).toEqual({ dingtalk: ['token', 'secret'], telegram: ['token'] })
    const { deliveries } = await running.call('notification.log', { channel: null, state: null, text: '', limit: 1000 })
    const shown = JSON.stringify([rules, deliveries])
    for (const secret of ['TOKEN', 'SECRET', 'PASSWORD', 'WRONG-ONE']) expect(shown).not.toContain(secret)
  })
})
