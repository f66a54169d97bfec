import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fillHome, temporaryHome } from '../helpers/a-service.ts'
import { startTerminal, terminal } from '../helpers/a-terminal.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const home = temporaryHome()
beforeAll(() => fillHome(home.path))
afterAll(() => home.remove())

const run = (...args: string[]) => terminal(args, { home: home.path })

async function json(...args: string[]) {
  const { code, stdout, stderr } = await run(...args, '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

const question = [
  ...['optimise', 'cross.ts', '--data', 'SPX', '--grid', 'fast=4:12:2', '--grid', 'slow=10:40:10'],
  ...['--where', 'fast < slow'],
]

test('optimise prints one document: the question, the best trial, every trial, and what may be luck', async () => {
  const found = await json(...question, '--objective', 'sharpe', '--method', 'grid', '--workers', '2')
  expect(found.optimisation).toMatchObject({ state: 'done', planned: 18, done: 18, failed: 0 })
  expect(found.trials.rows).toBe(18)
  expect(Object.keys(found.trials.columns)).toEqual(
    expect.arrayContaining(['point', 'param:fast', 'param:slow', 'rank', 'plateau', 'deflated', 'metric:sharpe']),
  )
  expect(found.overfitting.ideaTrials).toBe(18)
  const again = await json(...question, '--workers', '1')
  expect(again.optimisation.resultHash).toBe(found.optimisation.resultHash)
  expect(await json('optimise', '--show', found.optimisation.id)).toMatchObject({
    optimisation: { id: found.optimisation.id },
  })
  const list = await json('optimise', '--list')
  expect(list.optimisations.map(({ id }: { id: string }) => id)).toEqual([again.optimisation.id, found.optimisation.id])
  expect((await json('optimise', '--delete', again.optimisation.id)).total).toBe(1)
})

test('for people: the best trials first, and a sentence about luck', async () => {
  const { code, stdout } = await run(...question, '--method', 'lhs', '--trials', '8', '--seed', '3', '--top', '2')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^cross\.ts on SPX at 1d: 8 of 8 trials by lhs in /)
  expect(stdout.match(/^ +[12] /gm)).toHaveLength(2)
  expect(stdout).toMatch(/Deflated Sharpe ratio/)
})

test('several objectives: weighted, or by who is beaten by nobody', async () => {
  const objectives = ['--objective', 'net-profit', '--objective', 'max-drawdown']
  const weighted = await json(...question, ...objectives)
  expect(weighted.optimisation.config.objectives).toEqual([
    { metric: 'net-profit', goal: 'max', weight: 1 },
    { metric: 'max-drawdown', goal: 'min', weight: 1 },
  ])
  const pareto = await json(...question, ...objectives, '--pareto')
  const front = pareto.trials.columns.rank.filter((rank: number) => rank === 1)
  expect(front.length).toBeGreaterThan(0)
})

test('walkforward prints windows with the parameters chosen in each, and the out-of-sample curve', async () => {
  const args = ['--grid', 'fast=4:12:4', '--in-sample', '1500', '--out-of-sample', '900', '--anchored']
  const walk = await json('walkforward', 'cross.ts', '--data', 'SPX', ...args)
  expect(walk.windows).toHaveLength(5)
  expect(walk.windows[0]).toMatchObject({ inSampleBars: 1500, outOfSampleBars: 900, params: { slow: 30 } })
  expect(walk.curve.rows).toBe(5105 - 1500)
  expect(walk.metrics.sharpe).toEqual(expect.any(Number))
  const { stdout } = await run('walkforward', '--show', walk.optimisation.id)
  expect(stdout).toMatch(/5 windows, 15 trials[\s\S]*Out of sample: return/)
})

test.each([
  [['optimise', 'cross.ts', '--data', 'SPX'], 2, /--grid is missing/],
  [['optimise', 'cross.ts', '--data', 'SPX', '--grid', 'fast'], 2, /NAME=FROM:TO/],
  [['optimise', 'cross.ts', '--data', 'SPX', '--grid', 'fast=2:5', '--method', 'magic'], 2, /one of grid, random, lhs/],
  [
    ['optimise', 'cross.ts', '--data', 'SPX', '--grid', 'fast=2:5', '--where', 'fast <'],
    1,
    /not understood at character 7/,
  ],
  [
    ['optimise', 'cross.ts', '--data', 'SPX', '--grid', 'fast=2:5', '--method', 'random', '--trials', '1000000000'],
    1,
    /1000000000 points; one optimisation may have at most 1000000\. Widen the steps/,
  ],
  [['walkforward', 'cross.ts', '--data', 'SPX', '--grid', 'fast=2:5'], 2, /--in-sample and --out-of-sample/],
  [['optimise', '--resume', 'opt-0'], 1, /no optimisation “opt-0”/],
])('%j ends with %i and a sentence', async (args, code, sentence) => {
  const end = await run(...args)
  expect(end.code).toBe(code)
  expect(end.stderr).toMatch(sentence)
})

const long = [
  ...['optimise', 'cross.ts', '--data', 'SPX', '--grid', 'fast=2:26', '--grid', 'slow=62:261:10', '--json'],
  // One worker takes longest for the least work: there is time to kill it
  ...['--workers', '1'],
]

/** Waits until the optimisation that runs in another process has stored some trials. */
async function storedTrials(known: ReadonlySet<string>): Promise<string> {
  for (;;) {
    await pause(150)
    const { optimisations } = await json('optimise', '--list')
    const found = optimisations.find(({ id, done }: { id: string; done: number }) => !known.has(id) && done > 100)
    if (found !== undefined) return found.id
  }
}

const idsNow = async () => {
  const { optimisations } = await json('optimise', '--list')
  return new Set<string>(optimisations.map(({ id }: { id: string }) => id))
}

test('a process that is killed leaves the optimisation interrupted; resuming gives what an undisturbed one gives', async () => {
  const whole = JSON.parse((await run(...long)).stdout)
  const known = await idsNow()
  const killed = await startTerminal(long, { home: home.path })
  const id = await storedTrials(known)
  killed.child.kill('SIGKILL')
  await killed.ended
  const interrupted = (await json('optimise', '--show', id)).optimisation
  expect(interrupted.state).toBe('interrupted')
  expect(interrupted.done).toBeGreaterThan(100)
  expect(interrupted.done).toBeLessThan(interrupted.planned)
  const resumed = await json('optimise', '--resume', id)
  expect(resumed.optimisation).toMatchObject({ state: 'done', done: whole.optimisation.planned })
  expect(resumed.optimisation.resultHash).toBe(whole.optimisation.resultHash)
  expect(resumed.overfitting.ideaTrials).toBeGreaterThan(2 * whole.optimisation.planned)
})

test('Ctrl-C cancels with exit code 130, keeps what was finished and says how to go on', async () => {
  const known = await idsNow()
  const running = await startTerminal(long, { home: home.path })
  const id = await storedTrials(known)
  running.child.kill('SIGINT')
  const { code, stderr } = await running.ended
  expect(code).toBe(130)
  expect(stderr).toContain(`tickwright optimise --resume ${id}`)
  expect((await json('optimise', '--show', id)).optimisation.state).toBe('cancelled')
})
