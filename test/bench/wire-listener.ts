// The other process of wire.ts: hears ticks until the last one, and tells how late each was. `wire-listener.ts ours|bare FRAMES QUESTIONS COUNT`.
import { Subscriber } from 'zeromq'
import { openWireSubscriber } from '../../core/node/wire/wire-subscriber.ts'
import { monotonicMs, percentile } from './late.ts'

const [, , kind = '', frames = '', questions = '', count = '0'] = process.argv
const waits: number[] = []
let begin = Number.NaN

function hear(sentAt: number): void {
  const now = monotonicMs()
  if (waits.length === 0) begin = now
  waits.push(now - sentAt)
  if (waits.length < Number(count)) return
  const seconds = (now - begin) / 1_000
  process.stdout.write(
    `${JSON.stringify({ perSecond: waits.length / seconds, p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) })}\n`,
    () => process.exit(0),
  )
}

if (kind === 'ours') {
  const subscriber = openWireSubscriber(
    { frames, questions },
    {
      message: (message) => message.kind === 'tick' && hear(message.time),
      lost: () => process.exit(3),
      restarted: () => undefined,
    },
  )
  await subscriber.ready
  process.stdout.write('ready\n')
} else {
  const socket = new Subscriber({ receiveHighWaterMark: 0 })
  socket.connect(frames)
  socket.subscribe()
  process.stdout.write('ready\n')
  for await (const [payload] of socket) hear((payload as Buffer).readDoubleLE(0))
}
