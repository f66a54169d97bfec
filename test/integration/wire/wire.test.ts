import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { curveKeyPair, Publisher } from 'zeromq'
import type { MarketMessage } from '../../../core/domain/market-message.ts'
import {
  openWirePublisher,
  type WirePublisher,
  type WirePublisherOptions,
} from '../../../core/node/wire/wire-publisher.ts'
import {
  openWireSubscriber,
  type WireSubscriber,
  type WireSubscriberOptions,
} from '../../../core/node/wire/wire-subscriber.ts'
import { bar, quote, tick } from '../../core/blotter/messages.ts'
import { root } from '../../helpers/test-build.ts'
import { until } from '../venues/venue-fixtures.ts'

/** Debian's own, which has python3-zmq; another one may come before it. */
const debianPython = '/usr/bin/python3'

const ends: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function publisher(options: Partial<WirePublisherOptions> = {}): Promise<WirePublisher> {
  const opened = await openWirePublisher({ host: '127.0.0.1', port: 0, ...options }, Date.now)
  ends.push(() => opened.close())
  return opened
}

function subscriber({ addresses }: WirePublisher, options: Partial<WireSubscriberOptions> = {}) {
  const heard: MarketMessage[] = []
  const told: string[] = []
  const opened: WireSubscriber = openWireSubscriber(
    { frames: addresses.frames, questions: addresses.questions, ...options },
    {
      message: (message) => heard.push(message),
      lost: ({ instrument }, from, to) => told.push(`lost ${instrument} ${from}-${to}`),
      restarted: () => told.push('restarted'),
    },
  )
  ends.push(() => opened.close())
  return { opened, heard, told }
}

const prices = (heard: readonly MarketMessage[]) => heard.flatMap((each) => (each.kind === 'tick' ? [each.price] : []))

describe('the wire', () => {
  test('brings every kind of message to several subscribers, exact and in order', async () => {
    const wire = await publisher()
    const all = subscriber(wire)
    const quotes = subscriber(wire, { wants: ({ kind }) => kind === 'quote' })
    await Promise.all([all.opened.ready, quotes.opened.ready])
    const sent: MarketMessage[] = [
      tick(1, 0.1 + 0.2),
      quote(2, 9007.900000000001, Number.NaN),
      bar(0, { close: 1e-12 }),
    ]
    for (const message of sent) wire.send(message)
    await until(() => all.heard.length === 3 && quotes.heard.length === 1)
    expect(all.heard).toEqual(expect.arrayContaining(sent))
    expect(quotes.heard).toEqual([sent[1]])
  })

  test('loses nothing of 50 000 messages, though one subscriber joins late and one dies', async () => {
    const wire = await publisher()
    const early = subscriber(wire)
    const doomed = subscriber(wire)
    await Promise.all([early.opened.ready, doomed.opened.ready])
    let late: ReturnType<typeof subscriber> | undefined
    for (let index = 1; index <= 50_000; index++) {
      wire.send(tick(index, index))
      if (index % 500 === 0) await new Promise((done) => setImmediate(done))
      if (index === 10_000) doomed.opened.close()
      if (index === 20_000) late = subscriber(wire)
    }
    await until(() => early.heard.length >= 50_000 && late?.heard.at(-1)?.time === 50_000)
    expect(prices(early.heard)).toEqual(Array.from({ length: 50_000 }, (_, index) => index + 1))
    const joined = prices(late?.heard ?? [])
    const first = joined[0] as number
    expect(joined).toEqual(Array.from({ length: 50_001 - first }, (_, index) => first + index))
    expect(early.told.filter((each) => each.startsWith('lost'))).toEqual([])
  })

  test('a late joiner has the newest message of each topic without waiting for the next', async () => {
    const wire = await publisher()
    for (let index = 1; index <= 5; index++) wire.send(tick(index, index))
    wire.send(quote(1, 1, 2))
    // Nobody listens yet, so nothing of it is heard as it is sent
    await until(() => wire.waiting === 0)
    const late = subscriber(wire)
    await until(() => late.heard.length === 2)
    expect(prices(late.heard)).toEqual([5])
  })

  test('a publisher that was started anew is heard by itself, and said to be another', async () => {
    // Below the ports that the system gives away by itself
    const port = 20_000 + (process.pid % 3_000) * 3
    const fixed = await openWirePublisher({ host: '127.0.0.1', port }, Date.now)
    const { heard, told, opened } = subscriber(fixed)
    await opened.ready
    fixed.send(tick(1, 1))
    await until(() => heard.length === 1)
    await fixed.close()
    const again = await openWirePublisher({ host: '127.0.0.1', port }, Date.now)
    ends.push(() => again.close())
    await until(() => told.filter((each) => each === 'restarted').length === 2)
    again.send(tick(2, 2))
    await until(() => heard.length === 2)
    expect(prices(heard)).toEqual([1, 2])
  })

  test('goes on through 600 greetings that are none, and questions that cannot be read', async () => {
    const wire = await publisher()
    const { heard, opened } = subscriber(wire)
    await opened.ready
    const port = Number(wire.addresses.frames.split(':').at(-1))
    await Promise.all(
      Array.from({ length: 600 }, () => {
        const socket = connect(port, '127.0.0.1', () => socket.end('GET / HTTP/1.1\r\n\r\n'))
        return new Promise((done) => socket.on('error', done).on('close', done).resume())
      }),
    )
    for (let index = 1; index <= 100; index++) wire.send(tick(index, index))
    await until(() => heard.length === 100)
    expect(opened.counts.malformed).toBe(0)
  })

  test('does not take what somebody else broadcasts in its place', async () => {
    const wire = await publisher()
    const foreign = new Publisher({ linger: 0 })
    await foreign.bind('tcp://127.0.0.1:*')
    ends.push(() => foreign.close())
    const { opened, heard } = subscriber(wire, { frames: foreign.lastEndpoint as string })
    const shout = setInterval(() => void foreign.send('what is this').catch(() => undefined), 20)
    await until(() => opened.counts.malformed > 2)
    clearInterval(shout)
    expect(heard).toEqual([])
  })
})

describe('who may listen', () => {
  test('nobody but this machine, without keys', async () => {
    await expect(publisher({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'wire.unprotected' })
  })

  test('those whose key is allowed, and no other', async () => {
    const [server, friend, stranger] = [curveKeyPair(), curveKeyPair(), curveKeyPair()]
    const wire = await publisher({ curve: { keys: server, allowed: [friend.publicKey] } })
    const known = subscriber(wire, { curve: { serverKey: server.publicKey, keys: friend } })
    const unknown = subscriber(wire, { curve: { serverKey: server.publicKey, keys: stranger } })
    const plain = subscriber(wire)
    await known.opened.ready
    for (let index = 1; index <= 20; index++) wire.send(tick(index, index))
    await until(() => known.heard.length === 20)
    expect([unknown.heard.length, plain.heard.length]).toEqual([0, 0])
  })
})

test('the Python client of the document hears the same, the snapshot and a gap included', async (context) => {
  const code = /```python\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs/wire.md'), 'utf8'))?.[1] ?? ''
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(60)
  const probe = spawn(debianPython, ['-c', 'import zmq'])
  const missing = await new Promise((done) =>
    probe.on('error', () => done(true)).on('close', (status) => done(status !== 0)),
  )
  if (missing) context.skip('not run: python3-zmq is not installed')
  const wire = await publisher()
  wire.send(tick(1, 100.5, 2))
  const { frames, questions } = wire.addresses
  const python = spawn(debianPython, ['-u', '-', frames, questions, '41'])
  python.stdin.end(code)
  let out = ''
  python.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  await until(() => out.includes('100.5'))
  for (let index = 2; index <= 41; index++) wire.send(tick(index, 100 + index, 1))
  await new Promise((done) => python.on('close', done))
  const heard = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { sequence: number; values: number[] })
  expect(heard.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1))
  expect(heard.slice(-1)[0]?.values[0]).toBe(141)
}, 30_000)
