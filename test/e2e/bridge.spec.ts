import { methodName, requestNameList } from '../../core/contract/request-names.ts'
import { sharedWorkstation } from './shared-workstation.ts'
import { expect, test } from './workstation.ts'

// 06, section 2, continued: what the page can ask, and what its scheme serves.
const desk = sharedWorkstation()

const probed = ['runGet', 'settingsGet', 'settingsSet', 'strategyRead', 'jobCancel', 'backtestStart', 'barsRead']

test('E15: a channel refuses what its schema does not name', async () => {
  const answers = await desk().page.evaluate(async (methods) => {
    const long = 'x'.repeat(100_000)
    const bad = [
      null,
      undefined,
      42,
      'text',
      [],
      { surplus: 1 },
      JSON.parse('{"__proto__": {"run": "x", "key": "x", "name": "x", "job": "x"}}'),
      { run: Number.NaN, key: Number.NaN, name: Number.NaN, job: Number.NaN, value: Number.NaN },
      { run: long, key: long, name: '../../etc/passwd', job: 1e9, maxBars: 1e9 },
      { run: { toString: 'x' }, key: ['x'], name: {}, job: [], instrument: { $ne: 1 } },
    ]
    const { requests } = (window as unknown as { tickwright: Bridge }).tickwright
    const calls = methods.flatMap((method) => bad.map((takes, at) => ({ method, at, takes })))
    return Promise.all(
      calls.map(async ({ method, at, takes }) => ({ method, at, answer: await requests[method]?.(takes) })),
    )
  }, probed)
  expect(answers).toHaveLength(probed.length * 10)
  for (const { method, at, answer } of answers)
    expect(answer, `${method}, payload ${at}`).toMatchObject({ ok: false, error: { code: 'request.invalid' } })
})

interface Bridge {
  readonly requests: Readonly<Record<string, (takes: unknown) => Promise<unknown>>>
}

test('E19: the bridge is frozen and has exactly the methods of the contract', async () => {
  const bridge = await desk().page.evaluate(() => {
    const api = (window as unknown as { tickwright: Bridge }).tickwright
    const tries = [
      () => Object.assign(api, { extra: 1 }),
      () => Object.assign(api.requests, { appInfo: () => 'forged' }),
      () => Object.defineProperty(window, 'tickwright', { value: {} }),
    ]
    const refused = tries.map((change) => {
      try {
        change()
        return false
      } catch {
        return true
      }
    })
    return { top: Object.keys(api).sort(), methods: Object.keys(api.requests).sort(), refused }
  })
  expect(bridge.top).toEqual(['pathOf', 'requests'])
  expect(bridge.methods).toEqual(requestNameList.map(methodName).sort())
  expect(bridge.refused).toEqual([true, true, true])
})

test('E16: the page scheme serves its folder and nothing else', async () => {
  const outside = [
    'app://tickwright/../main/index.js',
    'app://tickwright/%2e%2e/main/index.js',
    'app://tickwright/..%2fmain%2findex.js',
    'app://tickwright/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://tickwright/index.html%00.js',
    'app://tickwright//etc/passwd',
    'app://tickwright/..%5cmain%5cindex.js',
    'app://other/index.html',
  ]
  const statuses = await desk().app.evaluate(
    async ({ net }, addresses) =>
      Promise.all(
        addresses.map((address) =>
          net.fetch(address).then(
            (response) => response.status,
            () => 0,
          ),
        ),
      ),
    outside,
  )
  for (const [at, status] of statuses.entries()) expect([0, 404], outside[at]).toContain(status)
  const headers = await desk().page.evaluate(async () => {
    const response = await fetch('app://tickwright/index.html')
    return [
      response.status,
      response.headers.get('x-content-type-options'),
      response.headers.get('content-security-policy'),
    ]
  })
  expect(headers.slice(0, 2)).toEqual([200, 'nosniff'])
  expect(headers[2]).toContain("default-src 'none'")
})
