import { createHmac } from 'node:crypto'
import type { ChannelKindName } from '../../domain/notice-words.ts'
import { DeliveryFailure } from './delivery-failure.ts'
import { sendMail } from './mail.ts'
import type { Sender } from './message.ts'
import { expectAccepted, post } from './post.ts'

const of = (values: Readonly<Record<string, string>>, name: string, otherwise = '') => values[name] || otherwise

/** Chat robots that answer 200 whatever happened: a number in the body is 0 when the message was taken. */
async function postToRobot(url: string, body: object, codeName: string, busy: readonly number[]): Promise<void> {
  const answer = await post(url, body)
  const code = answer.json[codeName]
  if (typeof code === 'number' && busy.includes(code)) throw new DeliveryFailure(answer.text, { canRetry: true })
  expectAccepted(answer, answer.status === 200 && code === 0)
}

const telegram: Sender = async ({ settings, secrets, text }) => {
  const api = of(settings, 'api', 'https://api.telegram.org')
  const answer = await post(`${api}/bot${of(secrets, 'token')}/sendMessage`, { chat_id: of(settings, 'chat'), text })
  expectAccepted(answer, answer.json.ok === true)
}

const discord: Sender = async ({ secrets, text }) => {
  const answer = await post(of(secrets, 'url'), { content: text, allowed_mentions: { parse: [] } })
  expectAccepted(answer, answer.status === 204 || answer.status === 200)
}

const slack: Sender = async ({ secrets, text }) => {
  const answer = await post(of(secrets, 'url'), { text })
  expectAccepted(answer, answer.status === 200 && answer.text.trim() === 'ok')
}

const wecom: Sender = ({ settings, secrets, text }) => {
  const api = of(settings, 'api', 'https://qyapi.weixin.qq.com')
  const url = `${api}/cgi-bin/webhook/send?key=${encodeURIComponent(of(secrets, 'key'))}`
  return postToRobot(url, { msgtype: 'markdown', markdown: { content: text } }, 'errcode', [-1, 45009])
}

const dingtalk: Sender = ({ settings, secrets, text, now }) => {
  const api = of(settings, 'api', 'https://oapi.dingtalk.com')
  const query = new URLSearchParams({ access_token: of(secrets, 'token') })
  const secret = of(secrets, 'secret')
  if (secret !== '') {
    query.set('timestamp', String(now))
    query.set('sign', createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'))
  }
  return postToRobot(
    `${api}/robot/send?${query}`,
    { msgtype: 'text', text: { content: text } },
    'errcode',
    [-1, 130101],
  )
}

const feishu: Sender = ({ settings, secrets, text, now }) => {
  const api = of(settings, 'api', 'https://open.feishu.cn')
  const secret = of(secrets, 'secret')
  const timestamp = String(Math.floor(now / 1000))
  const sign = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64')
  const body = { msg_type: 'text', content: { text }, ...(secret === '' ? {} : { timestamp, sign }) }
  return postToRobot(`${api}/open-apis/bot/v2/hook/${of(secrets, 'token')}`, body, 'code', [9499, 11232])
}

const twilio: Sender = async ({ settings, secrets, text }) => {
  const account = of(settings, 'account')
  const api = of(settings, 'api', 'https://api.twilio.com')
  const basic = Buffer.from(`${account}:${of(secrets, 'token')}`).toString('base64')
  const form = new URLSearchParams({ To: of(settings, 'to'), From: of(settings, 'from'), Body: text })
  const url = `${api}/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`
  const answer = await post(url, form, { authorization: `Basic ${basic}` })
  expectAccepted(answer, answer.status === 201 && answer.json.error_code == null)
}

const vonage: Sender = async ({ settings, secrets, text }) => {
  const api = of(settings, 'api', 'https://rest.nexmo.com')
  const answer = await post(`${api}/sms/json`, {
    ...{ api_key: of(settings, 'key'), api_secret: of(secrets, 'secret'), from: of(settings, 'from') },
    ...{ to: of(settings, 'to'), text, type: 'unicode' },
  })
  const messages = (answer.json.messages ?? []) as readonly { readonly status?: string }[]
  // 1: throttled
  if (messages.some(({ status }) => status === '1')) throw new DeliveryFailure('throttled', { canRetry: true })
  expectAccepted(answer, answer.status === 200 && messages.length > 0 && messages.every(({ status }) => status === '0'))
}

/** Signed as `sha256=` over `<timestamp>.<body>`, so that the receiver can tell us from others and old from new. */
const webhook: Sender = async ({ id, settings, secrets, text, subject, notice, count, now }) => {
  const body = { id, subject, text, count, notice, sentAt: now }
  const content = JSON.stringify(body)
  const secret = of(secrets, 'secret')
  const signature = createHmac('sha256', secret).update(`${now}.${content}`).digest('hex')
  const headers = {
    'x-tickwright-id': id,
    'x-tickwright-timestamp': String(now),
    ...(secret === '' ? {} : { 'x-tickwright-signature': `sha256=${signature}` }),
  }
  const answer = await post(of(settings, 'url'), body, headers)
  expectAccepted(answer, answer.status >= 200 && answer.status < 300)
}

/** The sender of each kind; `desktop` is told to the windows instead. */
export const senders: Readonly<Record<Exclude<ChannelKindName, 'desktop'>, Sender>> = {
  ...{ email: sendMail, twilio, vonage, webhook, wecom, dingtalk, feishu, telegram, discord, slack },
}
