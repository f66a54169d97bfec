import { createTransport } from 'nodemailer'
import { DeliveryFailure } from './delivery-failure.ts'
import type { Message } from './message.ts'

/** Sends an e-mail. Wrong credentials and refused addresses are not tried again; 4xx answers and silence are. */
export async function sendMail({ id, subject, text, settings, secrets }: Message): Promise<void> {
  const { host = '', port = '587', from = '', to = '', user = '', tls = 'auto' } = settings
  const transport = createTransport({
    host,
    port: Number(port),
    secure: tls === 'yes' || Number(port) === 465,
    ignoreTLS: tls === 'no',
    ...{ connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 },
    ...(user === '' ? {} : { auth: { user, pass: secrets.password ?? '' } }),
  })
  try {
    const { rejected } = await transport.sendMail({ from, to, subject, text, headers: { 'X-Tickwright-Id': id } })
    if (rejected.length > 0) throw new DeliveryFailure(`refused: ${rejected.join(', ')}`, { canRetry: false })
  } catch (cause) {
    if (cause instanceof DeliveryFailure) throw cause
    const { code, responseCode = 0, message } = cause as Error & { code?: string; responseCode?: number }
    const isFinal = code === 'EAUTH' || code === 'EENVELOPE' || responseCode >= 500
    throw new DeliveryFailure(message, { canRetry: !isFinal })
  } finally {
    transport.close()
  }
}
