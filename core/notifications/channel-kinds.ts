import type { ChannelKindName } from '../domain/notice-words.ts'

/** What a channel of a kind is told, and how much it takes. */
export interface ChannelKind {
  /** Settings in plain text; those that end in `?` may be left out. */
  readonly settings: readonly string[]
  /** Secrets, kept in the vault; those that end in `?` may be left out. */
  readonly secrets: readonly string[]
  /** Messages in 60 seconds: a little under what the service takes before it refuses (08 section 5). */
  readonly perMinute: number
  /** Longest text of one message, in bytes of UTF-8. */
  readonly mostBytes: number
}

/** `api` is the address of the service, for gateways and tests; its own when left out. */
export const channelKinds: Readonly<Record<ChannelKindName, ChannelKind>> = {
  email: {
    settings: ['host', 'port', 'from', 'to', 'user?', 'tls?'],
    secrets: ['password?'],
    perMinute: 30,
    mostBytes: 100_000,
  },
  twilio: { settings: ['account', 'from', 'to', 'api?'], secrets: ['token'], perMinute: 30, mostBytes: 1_600 },
  vonage: { settings: ['key', 'from', 'to', 'api?'], secrets: ['secret'], perMinute: 30, mostBytes: 1_600 },
  webhook: { settings: ['url', 'body?'], secrets: ['secret?'], perMinute: 60, mostBytes: 100_000 },
  wecom: { settings: ['api?'], secrets: ['key'], perMinute: 18, mostBytes: 4_000 },
  dingtalk: { settings: ['api?'], secrets: ['token', 'secret?'], perMinute: 18, mostBytes: 18_000 },
  feishu: { settings: ['api?'], secrets: ['token', 'secret?'], perMinute: 90, mostBytes: 18_000 },
  telegram: { settings: ['chat', 'api?'], secrets: ['token'], perMinute: 18, mostBytes: 4_000 },
  discord: { settings: [], secrets: ['url'], perMinute: 25, mostBytes: 1_900 },
  slack: { settings: [], secrets: ['url'], perMinute: 50, mostBytes: 30_000 },
  desktop: { settings: ['sound?'], secrets: [], perMinute: 60, mostBytes: 1_000 },
}

/** A channel as it is configured; its secrets are in the vault. */
export interface Channel {
  readonly id: string
  readonly kind: ChannelKindName
  readonly enabled: boolean
  readonly language: 'en' | 'zh'
  readonly settings: Readonly<Record<string, string>>
  /** Liquid template of the text; empty: the usual one. */
  readonly template: string
}

/** Names of settings or secrets that a channel must have and has not; an unknown name counts too. */
export function missingFields(kind: ChannelKindName, settings: Readonly<Record<string, string>>): string[] {
  const { settings: fields } = channelKinds[kind]
  const known = fields.map((field) => field.replace('?', ''))
  const missing = fields.filter((field) => !field.endsWith('?') && (settings[field] ?? '') === '')
  return [...missing, ...Object.keys(settings).filter((name) => !known.includes(name))]
}

/** The text cut to what the channel takes, at a whole character, with … where something is missing. */
export function fitText(text: string, mostBytes: number): string {
  if (byteLength(text) <= mostBytes) return text
  let end = text.length
  while (end > 0 && byteLength(text.slice(0, end)) > mostBytes - 3) end = Math.min(end - 1, Math.floor(end * 0.98))
  return `${text.slice(0, end)}…`
}

function byteLength(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
