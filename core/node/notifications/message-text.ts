import { Liquid } from 'liquidjs'
import { DomainError } from '../../domain/errors.ts'
import { type Channel, channelKinds, fitText } from '../../notifications/channel-kinds.ts'
import type { Notice } from '../../notifications/notice.ts'

/** Templates are text and never code; one that would render for ever is stopped. */
const liquid = new Liquid({ strictVariables: true, strictFilters: true, renderLimit: 200, memoryLimit: 1_000_000 })

const usual = {
  en: '{{ title }}{% if count > 1 %} (×{{ count }}){% endif %}{% if text != "" %}\n{{ text }}{% endif %}\n{{ level }} · {{ source }}{% if strategy != "" %} · {{ strategy }}{% endif %}{% if instrument != "" %} · {{ instrument }}{% endif %} · {{ time }}',
  zh: '{{ title }}{% if count > 1 %}（×{{ count }}）{% endif %}{% if text != "" %}\n{{ text }}{% endif %}\n{{ level }} · {{ source }}{% if strategy != "" %} · {{ strategy }}{% endif %}{% if instrument != "" %} · {{ instrument }}{% endif %} · {{ time }}',
} as const

const levels = {
  en: { debug: 'debug', info: 'info', warning: 'warning', error: 'error', critical: 'CRITICAL' },
  zh: { debug: '调试', info: '信息', warning: '警告', error: '错误', critical: '紧急' },
} as const

/** Subject and text of a notice for a channel, no longer than it takes. Throws `template.wrong` {line, column, message}. */
export function messageText(channel: Channel, notice: Notice, count: number): { subject: string; text: string } {
  const { level, source, strategy, instrument, title, text, event, at } = notice
  const values = {
    ...{ title, text, event, source, strategy, instrument, count },
    ...{ level: levels[channel.language][level], time: new Date(at).toISOString() },
  }
  const template = channel.template === '' ? usual[channel.language] : channel.template
  try {
    const written = String(liquid.parseAndRenderSync(template, values))
    const mark = level === 'critical' || level === 'error' ? `[${values.level}] ` : ''
    return { subject: `${mark}${title}`.slice(0, 200), text: fitText(written, channelKinds[channel.kind].mostBytes) }
  } catch (cause) {
    const { message, token } = cause as Error & { token?: { getPosition?: () => [number, number] } }
    const [line = 1, column = 1] = token?.getPosition?.() ?? []
    throw new DomainError('template.wrong', { channel: channel.id, line, column, message }, { cause })
  }
}
