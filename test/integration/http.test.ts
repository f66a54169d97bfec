import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RequestName, requestChannel, requestNames } from '../../core/contract/contract.ts'
import { aServer, type RunningServer } from '../helpers/a-server.ts'
import { crossConfig } from '../helpers/a-service.ts'

let server: RunningServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

describe('the contract over HTTP', () => {
  test('runs the backtest with the numbers of the service, and verifies it', async () => {
    const inService = await server.running.backtest()
    const { reply } = await server.api('backtest.start', crossConfig)
    const started = reply as { run: string; job: string }
    await server.running.ended(started.job)
    const run = (await server.api('run.get', { run: started.run })).reply as {
      summary: object
      capsule: { resultHash: string }
    }
    expect(run.capsule.resultHash).toBe(inService.capsule.resultHash)
    expect(run.summary).toMatchObject({ metrics: inService.summary.metrics, counts: inService.summary.counts })
    const { columns } = await server.api('run.equity', { run: started.run, maxRows: 0 })
    expect(columns.equity).toHaveLength(5105)
    const trades = await server.api('run.trades', { run: started.run })
    expect(trades.columns.exitTime?.at(-1)).toBeNull()
    const { job } = (await server.api('run.verify', { run: started.run })).reply as { job: string }
    await server.running.ended(job)
    expect((await server.api('run.verification', { job })).reply).toMatchObject({ state: 'identical' })
  })

  test('the description names every request with what it takes, gives and how it fails', async () => {
    const document = (await server.send({ method: 'GET', path: '/openapi.json' })).json() as {
      readonly openapi: string
      readonly paths: Record<
        string,
        { readonly post: { readonly summary: string; readonly requestBody: object; readonly responses: object } }
      >
    }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths).sort()).toEqual(requestNames.map((name) => `/api/${name}`).sort())
    for (const name of requestNames) {
      const { post } = document.paths[`/api/${name}`] ?? {}
      expect(post?.summary).toBe(requestChannel(name).about)
      expect(Object.keys(post?.responses ?? {})).toEqual(expect.arrayContaining(['200', '401', '422']))
      expect(JSON.stringify(post?.requestBody)).toContain('"additionalProperties":false')
      if (requestChannel(name).bulk) expect(JSON.stringify(post?.responses)).toContain('"columns":{"type":"object"')
    }
  })

  test('every request of the contract answers at its address', async () => {
    const unanswered: string[] = []
    for (const name of requestNames) {
      const { status, json } = await server.send({ path: `/api/${name}`, body: '{"no-such-key":1}' })
      const { code, data } = (json() as { error?: { code: string; data: { request: string } } }).error ?? {}
      if (status !== 422 || code !== 'request.invalid' || data?.request !== name) unanswered.push(`${name}: ${status}`)
    }
    expect(unanswered).toEqual([])
  })

  test.each<[string, RequestName, object, number, string]>([
    ['what does not exist', 'run.get', { run: 'run-0' }, 404, 'run.unknown'],
    [
      'an instrument that is not there',
      'backtest.start',
      { ...crossConfig, instruments: ['DAX'] },
      404,
      'instrument.unknown',
    ],
    ['an empty period', 'backtest.start', { ...crossConfig, to: 0 }, 422, 'period.empty'],
  ])('%s answers with its code and values, never with a stack', async (_, name, takes, status, code) => {
    const answer = await server.send({ path: `/api/${name}`, body: JSON.stringify(takes) })
    expect(answer.status).toBe(status)
    expect(answer.json()).toMatchObject({ error: { code } })
    expect(answer.text).not.toMatch(/\bat .*\.ts|node:|\/work\//)
  })
})

describe('topics (W5)', () => {
  const ticket = async () => (await server.send({ path: '/ticket' })).json().ticket as string
  const open = (query: string) => new WebSocket(`ws://127.0.0.1:${server.port}/topics${query}`)
  const outcome = (socket: WebSocket) =>
    new Promise<string>((resolve) => {
      socket.addEventListener('open', () => resolve('open'))
      socket.addEventListener('error', () => resolve('refused'))
    })

  test('a ticket opens one connection, once; without one there is none', async () => {
    expect(await outcome(open(''))).toBe('refused')
    expect(await outcome(open('?ticket=guess'))).toBe('refused')
    expect((await server.send({ path: '/ticket', headers: { authorization: '' } })).status).toBe(401)
    const once = await ticket()
    const first = open(`?ticket=${once}`)
    expect(await outcome(first)).toBe('open')
    expect(await outcome(open(`?ticket=${once}`))).toBe('refused')
    first.close()
  })

  test('a run is heard from its beginning to its end, in order', async () => {
    const socket = open(`?ticket=${await ticket()}`)
    const heard: { topic: string; payload: { id?: string; run?: string; state: string } }[] = []
    const finished = Promise.withResolvers<void>()
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as (typeof heard)[number]
      heard.push(message)
      if (message.topic === 'job.changed' && message.payload.state === 'done') finished.resolve()
    })
    expect(await outcome(socket)).toBe('open')
    const { run, job } = (await server.api('backtest.start', crossConfig)).reply as { run: string; job: string }
    await finished.promise
    expect(
      heard
        .filter(({ topic, payload }) => topic === 'run.changed' && payload.run === run)
        .map(({ payload }) => payload.state),
    ).toEqual(['running', 'done'])
    const states = heard
      .filter(({ topic, payload }) => topic === 'job.changed' && payload.id === job)
      .map(({ payload }) => payload.state)
    expect([states[0], states.at(-1)]).toEqual(['running', 'done'])
    socket.close()
  })

  test('a client that sends much is closed, and the service goes on', async () => {
    const socket = open(`?ticket=${await ticket()}`)
    expect(await outcome(socket)).toBe('open')
    const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
    socket.send('x'.repeat(70_000))
    expect(await closed).toBe(1009)
    expect((await server.send({ path: '/api/app.info' })).status).toBe(200)
  })
})
