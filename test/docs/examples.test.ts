import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sliceBars } from '../../core/domain/bar-series.ts'
import { type RunResult, runBacktest } from '../../core/engine/kernel.ts'
import { verbNames } from '../../core/node/cli/verb-names.ts'
import { sampleInstruments } from '../../core/node/sample/sample-instruments.ts'
import { createTypeChecker } from '../../core/node/strategy/type-check.ts'
import { loadStrategy } from '../helpers/load-strategy.ts'
import { type CodeBlock, codeBlocks, localLinks } from './code-blocks.ts'
import { commandLines, commandProblem } from './command-lines.ts'

const root = join(import.meta.dirname, '..', '..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')
const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)]
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ name, markdown: text(name) }))
const blocks = documents.flatMap(({ name, markdown }) => codeBlocks(name, markdown))
const examples = blocks.filter(({ language, info }) => language === 'ts' && !info.startsWith('fragment'))

const samples = sampleInstruments(text('resources/sample-data/sp500-2000.csv'))
const checker = createTypeChecker(
  text('resources/api/tickwright.d.ts'),
  dirname(createRequire(import.meta.url).resolve('typescript6')),
)
const barsOfAnExample = 1_500

/** The beginning of the sample data that a block names; S&P 500 days when it names none. */
function marketsOf({ info, place }: CodeBlock) {
  return (info === '' ? ['SPX'] : info.split(' ')).map((id) => {
    const sample = samples.find(({ record }) => record.id === id)
    if (sample === undefined) throw new Error(`${place}: no sample data is called ${id}`)
    const { record, interval, bars } = sample
    return { record, interval, bars: sliceBars(bars, 0, Math.min(bars.length, barsOfAnExample)) }
  })
}

async function run(example: CodeBlock): Promise<RunResult> {
  return runBacktest({
    strategyExports: await loadStrategy(example.text),
    params: {},
    instruments: marketsOf(example),
    cash: 1_000_000,
    commission: { kind: 'percent', rate: 0.0005 },
    slippage: { kind: 'none' },
    profile: 'default',
    fillPolicy: 'pessimistic',
    seed: 1,
  })
}

describe.each(examples.map((example) => ({ at: example.place, example })))('the strategy at $at', ({ example }) => {
  it('has no type error', () => {
    const found = checker.check({ entry: 'example.ts', sources: { 'example.ts': example.text } })
    expect(found.map(({ line, message }) => `${line}: ${message}`)).toEqual([])
  })
  it('trades', async () => {
    const { counts } = await run(example)
    expect(counts.fills).toBeGreaterThan(0)
  })
})

describe('the documents', () => {
  it('have strategies to show', () => expect(examples.length).toBeGreaterThan(5))

  it('give a reason for code that is no strategy', () => {
    const bare = blocks.filter(({ info }) => /^fragment\W*$/.test(info))
    expect(bare.map(({ place }) => place)).toEqual([])
  })

  it.each(documents)('$name links to what exists', ({ name, markdown }) => {
    const missing = localLinks(markdown).filter((target) => !existsSync(join(root, dirname(name), target)))
    expect(missing).toEqual([])
  })

  it.each(documents)('$name shows command lines that are understood', ({ markdown }) => {
    const problems = commandLines(markdown).flatMap((line) => {
      const problem = commandProblem(line)
      return problem === undefined ? [] : [`${line}: ${problem}`]
    })
    expect(problems).toEqual([])
  })

  it('would not pass with a command line that is wrong', () => {
    const wrong = [
      'backtset a.ts',
      'backtest a.ts --dat x',
      'backtest a.ts --commission cheap',
      'resample a.csv --too 1w',
    ]
    expect(wrong.filter((line) => commandProblem(`tickwright ${line}`) === undefined)).toEqual([])
  })

  it('have command lines to show', () => {
    expect(documents.flatMap(({ markdown }) => commandLines(markdown)).length).toBeGreaterThan(40)
  })

  it.each(documents)('$name names commands that exist', ({ markdown }) => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> }
    const asked = [...markdown.matchAll(/\bnpm run (?:--silent )?([a-z0-9-]+)/g)].map(([, name]) => name ?? '')
    expect(asked.filter((name) => scripts[name] === undefined)).toEqual([])
    const verbs = [...markdown.matchAll(/\btickwright (?:-- )?([a-z]+)(?= |$)/gm)].map(([, verb]) => verb ?? '')
    const inCode = verbs.filter((verb) => markdown.includes(`tickwright -- ${verb}`))
    expect(inCode.filter((verb) => !verbNames.has(verb))).toEqual([])
  })
})
