import { type IbConnection, type IbTrouble, ibError, isNotice } from './ib-connection.ts'

const answerTimeoutMs = 60_000

/** Begins to listen, sends the request, and returns what ends the listening; `done` ends the wait. */
type Send = (request: number, done: () => void) => () => void

/**
 * Sends one request and waits for the end of its answer. Fails with `venue.*`; "no data" is an empty answer.
 */
export function askIb(
  { connection, venue }: { readonly connection: IbConnection; readonly venue: string },
  send: Send,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const request = connection.nextRequest()
    const fail = (trouble: IbTrouble) => end(() => reject(ibError(trouble, venue)))
    const late = setTimeout(() => fail({ code: 0, request, text: 'no answer in a minute' }), answerTimeoutMs)
    const forget = connection.onError(request, (trouble) => {
      if (isNotice(trouble)) return
      if (trouble.code === 162 && /no data/i.test(trouble.text)) end(resolve)
      else fail(trouble)
    })
    let deafen = (): void => undefined
    deafen = send(request, () => end(resolve))
    function end(settle: () => void): void {
      clearTimeout(late)
      forget()
      deafen()
      settle()
    }
  })
}
