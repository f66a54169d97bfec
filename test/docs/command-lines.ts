import { parseArgs } from 'node:util'
import { brokerFrom } from '../../core/node/cli/broker-options.ts'
import { commissionFrom, slippageOf } from '../../core/node/cli/cost-options.ts'
import { strategySettings } from '../../core/node/cli/strategy-options.ts'
import { text, type VerbContext } from '../../core/node/cli/verb.ts'
import { verbs } from '../../core/node/cli/verbs.ts'

/** Command lines of `tickwright` in a document: in shell blocks, and in code inside a sentence when they name an option. */
export function commandLines(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh.*\n([\s\S]*?)^```$/gm)].flatMap(([, body = '']) => body.split('\n'))
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '')
  const inline = [...prose.matchAll(/`(tickwright [^`\n]*)`/g)].map(([, line = '']) => line)
  return [...blocks.filter((line) => line.startsWith('tickwright ')), ...inline.filter(isWhole)]
}

/** Not a form (`[--x]`, `<verb>`) and nothing left out (`…`). */
function isWhole(line: string): boolean {
  return !/[[\]<>…|]/.test(line)
}

/** Why the terminal would refuse a command line before it looks at data; undefined when it would not. */
export function commandProblem(line: string): string | undefined {
  const [, name, ...args] = wordsOf(line)
  if (name === undefined || name.startsWith('-') || name === 'help') return undefined
  const verb = verbs.find((each) => each.name === name)
  if (verb === undefined) return `no verb ${name}`
  try {
    const common = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
    const { values, positionals } = parseArgs({
      args,
      options: { ...common, ...verb.options },
      allowPositionals: true,
      strict: true,
    })
    if (positionals.length > verb.words) return `one word too many: ${positionals[verb.words]}`
    if (name === 'backtest') {
      const context = { values } as unknown as VerbContext
      commissionFrom(context)
      slippageOf(text(context.values, 'slippage') ?? 'none')
      brokerFrom(context)
      strategySettings(context)
    }
    return undefined
  } catch (failure) {
    return (failure as Error).message
  }
}

/** Words as a shell splits them: single and double quotes hold together. */
function wordsOf(line: string): string[] {
  const bare = line.replace(/\s#\s.*$/, '')
  return [...bare.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  )
}
