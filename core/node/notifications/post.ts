import { DeliveryFailure } from './delivery-failure.ts'

/** What a service has answered. */
export interface Answer {
  readonly status: number
  readonly text: string
  /** The body as JSON; an empty record when it is none. */
  readonly json: Readonly<Record<string, unknown>>
  /** `Retry-After` in milliseconds; null: it names none. */
  readonly retryAfterMs: number | null
}

const patienceMs = 15_000

/** Posts JSON, or a form. Throws DeliveryFailure when nobody answers, and for 429 and 5xx, which may be tried again. */
export async function post(
  url: string,
  body: object | URLSearchParams,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const isForm = body instanceof URLSearchParams
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8'
  const content = isForm ? body.toString() : JSON.stringify(body)
  const answer = await ask(url, content, { 'content-type': type, ...headers })
  if (answer.status === 429 || answer.status >= 500) {
    const asked = answer.json.parameters as { retry_after?: number } | undefined
    const seconds = asked?.retry_after ?? (answer.json.retry_after as number | undefined)
    const retryAfterMs = seconds === undefined ? answer.retryAfterMs : seconds * 1000
    throw new DeliveryFailure(`HTTP ${answer.status}: ${shortened(answer.text)}`, { canRetry: true, retryAfterMs })
  }
  return answer
}

async function ask(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  try {
    const response = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(patienceMs) })
    const text = await response.text()
    const after = Number(response.headers.get('retry-after') ?? Number.NaN)
    return {
      status: response.status,
      text,
      json: parsed(text),
      retryAfterMs: Number.isFinite(after) ? after * 1000 : null,
    }
  } catch (cause) {
    const { message, cause: inner } = cause as Error & { cause?: { code?: string } }
    throw new DeliveryFailure(inner?.code ?? message, { canRetry: true })
  }
}

/** Throws unless the answer says that the message was taken. */
export function expectAccepted(answer: Answer, isAccepted: boolean): void {
  if (isAccepted) return
  throw new DeliveryFailure(`HTTP ${answer.status}: ${shortened(answer.text)}`, { canRetry: false })
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function shortened(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 200)
}
