// Fifty programs that listen, in a process of their own: `crowd-listener.ts URL COUNT CLIENTS TOKEN` (TOKEN `-`: no tickets).
import { WebSocket } from 'ws'
import { monotonicMs, percentile } from './late.ts'

const [, , url = '', count = '0', clients = '0', token = '-'] = process.argv
const waits: number[] = []

async function address(): Promise<string> {
  if (token === '-') return url
  const { host } = new URL(url)
  const headers = { authorization: `Bearer ${token}` }
  const { ticket } = (await (await fetch(`http://${host}/ticket`, { method: 'POST', headers })).json()) as {
    ticket: string
  }
  return `${url}?ticket=${ticket}`
}

await Promise.all(
  Array.from({ length: Number(clients) }, async () => {
    const socket = new WebSocket(await address())
    socket.on('message', (data) => {
      const { payload } = JSON.parse(String(data)) as { payload: { sentAt: number } }
      waits.push(monotonicMs() - payload.sentAt)
      if (waits.length === Number(count) * Number(clients)) done()
    })
    await new Promise((open) => socket.on('open', open))
  }),
)
process.stdout.write('ready\n')

function done(): void {
  process.stdout.write(`${JSON.stringify({ p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) })}\n`, () =>
    process.exit(0),
  )
}
