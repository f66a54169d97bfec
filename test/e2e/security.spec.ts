import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sharedWorkstation } from './shared-workstation.ts'
import { expect, test } from './workstation.ts'

// 06, section 2: the numbers in the names are those of its table.
const desk = sharedWorkstation()

/** What the page's attempts leave on the console is wanted here; the test itself says what must have happened. */
function ignoreRefusals(): void {
  const wanted =
    /Content Security Policy|Trusted(HTML|Script|ScriptURL)|ERR_|Failed to load resource|Refused to|Not allowed to|violates|denied/
  const { faults } = desk()
  faults.splice(0, faults.length, ...faults.filter((fault) => !wanted.test(fault)))
}

/** A server on the loopback that counts who called. */
async function withCanary(action: (port: number) => Promise<void>): Promise<number> {
  let hits = 0
  const server = createServer((_request, response) => {
    hits += 1
    response.end('here')
  })
  server.on('connection', () => {
    hits += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await action((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return hits
}

test('E1: the page cannot reach any other address, not even on this machine', async () => {
  const hits = await withCanary(async (port) => {
    const outcomes = await desk().page.evaluate(async (at) => {
      const http = `http://127.0.0.1:${at}`
      const settled = (work: Promise<unknown>) => work.then(() => 'reached').catch(() => 'refused')
      const heard = (target: EventTarget, good: string) =>
        new Promise<string>((resolve) => {
          target.addEventListener(good, () => resolve('reached'))
          target.addEventListener('error', () => resolve('refused'))
        })
      const image = new Image()
      const picture = heard(image, 'load')
      image.src = `${http}/x.png`
      const socket = (() => {
        try {
          return heard(new WebSocket(`ws://127.0.0.1:${at}`), 'open')
        } catch {
          return Promise.resolve('refused')
        }
      })()
      const source = heard(new EventSource(`${http}/events`), 'open')
      navigator.sendBeacon(`${http}/beacon`, 'x')
      const style = document.createElement('link')
      style.rel = 'stylesheet'
      const sheet = heard(style, 'load')
      style.href = `${http}/x.css`
      document.head.append(style)
      const all = await Promise.all([settled(fetch(http)), picture, socket, source, sheet])
      style.remove()
      return all
    }, port)
    expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused', 'refused'])
  })
  expect(hits).toBe(0)
  ignoreRefusals()
})

test('E2, E3, E6: the page has no Node and its preferences are the safe ones', async () => {
  const present = await desk().page.evaluate(() =>
    ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'setImmediate', '__dirname'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(present).toEqual([])
  const preferences = await desk().app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows().map((window) => window.webContents)
    // Not in the public types: what the window was really given.
    const [first] = contents as unknown as { getLastWebPreferences(): Record<string, unknown> }[]
    return first?.getLastWebPreferences() ?? {}
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  })
  for (const name of [
    'nodeIntegrationInWorker',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'nodeIntegrationInSubFrames',
  ])
    expect(preferences[name], name).toBeFalsy()
})

test('E4: every renderer runs behind the sandbox of the system', async () => {
  test.skip(process.platform !== 'linux', 'reads /proc')
  test.skip(process.env.TICKWRIGHT_SANDBOX !== '1', 'root cannot have the sandbox; package.spec.ts checks it as a user')
  const pids = await desk().app.evaluate(({ app }) =>
    app.getAppMetrics().flatMap(({ type, pid }) => (type === 'Tab' ? [pid] : [])),
  )
  expect(pids.length).toBeGreaterThan(0)
  for (const pid of pids) expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m)
})

test('E5: every permission is denied', async () => {
  const answers = await desk().page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'persistent-storage']
    const states = await Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
    )
    const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
      () => 'granted',
      () => 'denied',
    )
    const place = await new Promise<string>((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('denied'),
      ),
    )
    return [...states, media, place]
  })
  expect(answers).toEqual(answers.map(() => 'denied'))
  ignoreRefusals()
})

test('E7: no text becomes code or markup', async () => {
  const outcome = await desk().page.evaluate(async () => {
    const nameOf = (action: () => unknown) => {
      try {
        action()
        return 'allowed'
      } catch (error) {
        return (error as Error).name
      }
    }
    const script = document.createElement('script')
    // A text node is no sink of its own: the script itself must not run.
    script.append('globalThis.inlineRan = true')
    document.head.append(script)
    script.remove()
    const blob = URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }))
    // The debugger that runs this may evaluate text; what a timer calls later is the page's own again.
    await new Promise((resolve) => setTimeout(resolve))
    return {
      // biome-ignore lint/security/noGlobalEval: that it fails is what is tested.
      eval: nameOf(() => Reflect.apply(globalThis.eval, undefined, ['1 + 1'])),
      function: nameOf(() => Reflect.construct(Function, ['return 1'])),
      timeout: nameOf(() => setTimeout('globalThis.inlineRan = true' as unknown as () => void)),
      html: nameOf(() => {
        document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'
      }),
      write: nameOf(() => document.write('<p>x</p>')),
      worker: nameOf(() => new Worker(blob)),
      inlineRan: 'inlineRan' in globalThis,
    }
  })
  expect(outcome).toMatchObject({ html: 'TypeError', write: 'TypeError', inlineRan: false })
  for (const way of ['eval', 'function', 'timeout', 'worker'] as const) expect(outcome[way], way).not.toBe('allowed')
  ignoreRefusals()
})

test('E9, E14: neither a webview nor a frame gets the bridge', async () => {
  const seen = await desk().page.evaluate(async () => {
    const view = document.createElement('webview')
    view.setAttribute('src', 'app://tickwright/index.html')
    const frame = document.createElement('iframe')
    frame.src = 'app://tickwright/index.html'
    const loaded = new Promise((resolve) => {
      frame.addEventListener('load', resolve)
      frame.addEventListener('error', resolve)
    })
    document.body.append(view, frame)
    await loaded
    let inside = 'unreachable'
    try {
      inside = String('tickwright' in (frame.contentWindow as object))
    } catch {}
    const webview = 'getWebContentsId' in view
    view.remove()
    frame.remove()
    return { inside, webview }
  })
  expect(seen.webview).toBe(false)
  expect(seen.inside).not.toBe('true')
  ignoreRefusals()
})

test('E10, E11: no navigation away, no second window', async () => {
  const { page, app } = desk()
  const before = page.url()
  await page.evaluate(() => Object.assign(window, { wasHere: true }))
  const hits = await withCanary(async (port) => {
    for (const address of [
      `http://127.0.0.1:${port}/`,
      'file:///etc/passwd',
      'https://example.invalid/',
      'data:text/html,x',
    ]) {
      const opened = await page.evaluate((to) => window.open(to) === null, address)
      expect(opened, `window.open(${address})`).toBe(true)
      await page.evaluate((to) => {
        const link = document.createElement('a')
        link.href = to
        document.body.append(link)
        link.click()
        link.remove()
        location.assign(to)
      }, address)
    }
    // Left to itself for a moment; locators would wait for the navigations that never come.
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
  })
  expect(hits).toBe(0)
  expect(page.url()).toBe(before)
  expect(await page.evaluate(() => 'wasHere' in window), 'the page was never left').toBe(true)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  ignoreRefusals()
})
