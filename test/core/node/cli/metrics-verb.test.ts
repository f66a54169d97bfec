import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { channels } from '../../../../core/contract/channels.ts'
import { UsageError, type VerbContext } from '../../../../core/node/cli/verb.ts'
import { metricsVerb } from '../../../../core/node/cli/verbs/metrics.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickwright-metrics-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, ...rows: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${rows.join('\n')}\n`)
  return path
}

/** Runs the verb; resolves to its document and what it noted. */
async function metrics(values: VerbContext['values']) {
  let document: unknown
  const notes: string[] = []
  const output = {
    json: true,
    answer: (given: unknown) => {
      document = given
    },
    progress: () => undefined,
    note: (text: string) => notes.push(text),
  }
  const nowhere = { positionals: [], home: '', resources: '', outFolder: '', onInterrupt: () => undefined }
  const service = () => Promise.reject(new Error('needs no service'))
  expect(await metricsVerb.run({ ...nowhere, service, output, values } as VerbContext)).toBe(0)
  return { document, notes }
}

const days = ['2024-01-30', '2024-01-31', '2024-02-01', '2024-02-02']
const returns = file('r.csv', 'date,return', ...days.map((day, at) => `${day},${[0.01, -0.02, 0.03, 0.01][at]}`))
const benchmark = file('b.csv', ...days.map((day, at) => `${day},${[0.02, -0.01, 0.02, -0.01][at]}`))

describe('tickwright metrics', () => {
  it('prints every metric by its id, null where it is undefined', async () => {
    const { document } = await metrics({ returns })
    const ids = ((await metrics({ list: true })).document as { id: string }[]).map(({ id }) => id)
    expect(Object.keys(document as object)).toEqual(ids)
    expect(document).toMatchObject({
      'total-return': expect.closeTo(1.01 * 0.98 * 1.03 * 1.01 - 1, 12),
      'worst-day': -0.02,
      'best-month': expect.closeTo(1.03 * 1.01 - 1, 12),
      beta: null,
      trades: null,
      'net-profit': null,
    })
  })
  it('takes a benchmark, another year and a yearly rate', async () => {
    const { document } = await metrics({ returns, benchmark, 'periods-per-year': '12', 'risk-free': '0.12' })
    const rate = 1.12 ** (1 / 12) - 1
    const excess = [0.01, -0.02, 0.03, 0.01].map((value) => value - rate)
    const mean = excess.reduce((sum, value) => sum + value, 0) / 4
    const deviation = Math.sqrt(excess.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3)
    expect(document).toMatchObject({
      sharpe: expect.closeTo((mean / deviation) * Math.sqrt(12), 12),
      'benchmark-return': expect.closeTo(1.02 * 0.99 * 1.02 * 0.99 - 1, 12),
    })
  })
  it('deflates the Sharpe ratio when it is told of the trials', async () => {
    const { document } = await metrics({ returns, trials: '20', 'trial-variance': '0.01' })
    expect((document as Record<string, number>)['deflated-sharpe']).toBeGreaterThan(0)
  })
  it('lists definitions that fit the contract', async () => {
    const { document } = await metrics({ list: true })
    channels['metric.list'].gives.parse({ metrics: document })
  })
  it('says when a file holds prices, and when rows had no return', async () => {
    expect((await metrics({ returns: file('p.csv', '2024-01-30,100', '2024-01-31,101') })).notes[0]).toMatch(
      /look like prices/,
    )
    expect((await metrics({ returns: file('n.csv', '2024-01-30,0.1', '2024-01-31,') })).notes[0]).toMatch(
      /1 rows without/,
    )
  })
  it('refuses what it cannot mean', async () => {
    await expect(metrics({})).rejects.toThrow(UsageError)
    await expect(metrics({ returns, 'periods-per-year': '0' })).rejects.toThrow(UsageError)
    await expect(metrics({ returns, 'risk-free': '-1' })).rejects.toThrow(UsageError)
    await expect(metrics({ returns: join(folder, 'none.csv') })).rejects.toMatchObject({ code: 'import.file-missing' })
    const other = file('o.csv', '1999-01-30,0.1')
    await expect(metrics({ returns, benchmark: other })).rejects.toMatchObject({ code: 'returns.no-overlap' })
  })
})
