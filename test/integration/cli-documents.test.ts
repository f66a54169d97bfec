import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbs } from '../../core/node/cli/verbs.ts'
import { aService, fillHome, temporaryHome } from '../helpers/a-service.ts'
import { startTerminal, terminal } from '../helpers/a-terminal.ts'
import { paperConfig, simulatedMarket } from '../helpers/live-session.ts'
import { root } from '../helpers/test-build.ts'

const home = temporaryHome()
/** A data folder with a recorded live session. */
const traded = temporaryHome()
let session = ''
beforeAll(async () => {
  await fillHome(home.path)
  const rows = [
    '2020-01-02,10,12,9,11,100',
    '2020-01-03,11,13,10,12,100',
    '2020-01-06,12,14,11,13,100',
    '2020-01-07,13,15,12,14,100',
  ]
  writeFileSync(join(home.path, 'prices.csv'), `Date,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`)
  const prints = ['2024-01-02T14:30:00.000Z,100.25,5,buy', '2024-01-02T14:30:00.000Z,100.25,1,sell']
  writeFileSync(join(home.path, 'prints.csv'), `time,price,size,side\n${prints.join('\n')}\n`)
  const contract = (name: string, ...prices: readonly [string, number][]) => {
    const lines = prices.map(([date, price]) => `${date},${price},${price},${price},${price},5`)
    writeFileSync(join(home.path, `${name}.csv`), `Date,Open,High,Low,Close,Volume\n${lines.join('\n')}\n`)
  }
  writeFileSync(
    join(home.path, 'multiple.csv'),
    'date,price,price_contract,forward\n2024-01-02,100,202403,109\n2024-01-03,101,202403,111\n2024-01-04,112,202406,\n',
  )
  contract('march', ['2024-01-02', 100], ['2024-01-03', 101], ['2024-01-04', 102])
  contract('june', ['2024-01-03', 111], ['2024-01-04', 112], ['2024-01-05', 113])
})
beforeAll(async () => {
  const running = await aService({ home: traded.path })
  await simulatedMarket(running)
  session = (await running.call('live.start', { ...paperConfig, warmupBars: 0 })).session
  await running.until('live.filled', () => true)
  await running.call('live.stop', { session, flatten: false })
  await running.close()
}, 60_000)
afterAll(() => {
  home.remove()
  traded.remove()
})

const page = readFileSync(join(root, 'docs', 'cli.md'), 'utf8')
const examples = [...page.matchAll(/```sh\ntickwright (.+)\n```\n```json\n(.+)\n```/g)].map(
  ([, line = '', answer = '']) => ({
    line,
    answer: JSON.parse(answer) as unknown,
  }),
)

/** Arguments as a shell splits them: blanks separate, single quotes keep together. */
const argumentsOf = (line: string) =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json }

const keysOf = (document: Json) => Object.keys(document as object).sort()

/** Where an answer is not of the documented shape: every documented path must be there with its kind. */
function misfits(documented: Json, answer: Json, path: string): string[] {
  if (documented === null || answer === null) return []
  if (Array.isArray(documented)) {
    if (!Array.isArray(answer)) return [`${path} is no array`]
    const [first] = documented as readonly Json[]
    const [given] = answer as readonly Json[]
    if (first === undefined) return []
    return given === undefined ? [`${path} is empty`] : misfits(first, given, `${path}[0]`)
  }
  if (typeof documented !== 'object') return typeof documented === typeof answer ? [] : [`${path} is ${typeof answer}`]
  if (typeof answer !== 'object' || Array.isArray(answer)) return [`${path} is no object`]
  const given = answer as Readonly<Record<string, Json>>
  return Object.entries(documented).flatMap(([key, value]) =>
    key in given ? misfits(value, given[key] ?? null, `${path}.${key}`) : [`${path}.${key} is missing`],
  )
}

test('every verb has its section and every example its answer', () => {
  for (const { name } of verbs) expect(page).toMatch(new RegExp(`^## ${name}$`, 'm'))
  expect(examples.map(({ line }) => argumentsOf(line)[0])).toEqual(
    verbs.map(({ name }) => name).filter((name) => name !== 'serve'),
  )
})

test('every example of the page gives an answer of the documented shape, and no top-level key is left undocumented', async () => {
  let run = ''
  for (const { line, answer } of examples) {
    const folder = line.startsWith('replay') ? traded.path : home.path
    const words = argumentsOf(line.replaceAll('RUN', run).replaceAll('SESSION', session))
    const { code, stdout, stderr } = await terminal(words, { home: folder })
    expect([line, code, stderr.replace(/^not certain: .*\n/gm, '')]).toEqual([line, 0, ''])
    const document = JSON.parse(stdout) as Json
    expect([line, misfits(answer as Json, document, '')]).toEqual([line, []])
    if (!Array.isArray(answer)) expect([line, keysOf(document)]).toEqual([line, keysOf(answer as Json)])
    if (line.startsWith('backtest')) run = (document as { run: { id: string } }).run.id
  }
}, 240_000)

test('serve answers when it listens, lets programs with the token in, and ends with Ctrl-C', async () => {
  const running = await startTerminal(['serve', '--port', '0', '--json'], { home: home.path })
  while (running.stdout() === '' && running.child.exitCode === null) await new Promise((next) => setTimeout(next, 20))
  const document = JSON.parse(running.stdout()) as { address: string; tokenPath: string; pid: number }
  const shown = JSON.parse(/```json serve\n(.+)\n```/.exec(page)?.[1] ?? '') as Json
  expect(misfits(shown, document as unknown as Json, '')).toEqual([])
  const ask = (token: string) =>
    fetch(`${document.address}/api/app.info`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  expect((await ask('guess')).status).toBe(401)
  const answer = await ask(readFileSync(document.tokenPath, 'utf8'))
  expect([answer.status, await answer.json()]).toEqual([
    200,
    expect.objectContaining({ store: 'ready', home: home.path }),
  ])
  const second = await terminal(['serve', '--port', '0'], { home: home.path })
  expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(`process ${document.pid}`) })
  const beside = await terminal(['data'], { home: home.path })
  expect(beside.code).toBe(0)
  running.child.kill('SIGINT')
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
})
