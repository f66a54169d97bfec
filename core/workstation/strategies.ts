import type { z } from 'zod'
import type { Handlers } from '../contract/contract.ts'
import type { strategyRefSchema } from '../contract/schemas.ts'
import { DomainError, isDomainError } from '../domain/errors.ts'
import type { CompilerPort, HostFacts, Problem, StrategyFilesPort, StrategyOrigin } from './ports.ts'
import type { Topics } from './topics.ts'

type StrategyRef = z.output<typeof strategyRefSchema>
type StrategyHandlers = Pick<
  Handlers,
  | 'strategy.list'
  | 'strategy.read'
  | 'strategy.save'
  | 'strategy.create'
  | 'strategy.rename'
  | 'strategy.delete'
  | 'strategy.check'
  | 'strategy.api'
>

/** Where the modules of a named or given strategy are. */
export async function originOf(files: StrategyFilesPort, strategy: StrategyRef): Promise<StrategyOrigin> {
  return strategy.kind === 'saved' ? files.origin(strategy.name) : await files.originOf(strategy.path)
}

export function strategyHandlers(
  files: StrategyFilesPort,
  compiler: CompilerPort,
  facts: HostFacts,
  topics: Topics,
): StrategyHandlers {
  const changed = (name: string) => topics.publish('strategy.changed', { name })
  return {
    'strategy.list': async () => {
      const [strategies, templates] = await Promise.all([files.list(), files.templates()])
      return { strategies, templates: templates.map(({ id, title }) => ({ id, title })) }
    },
    'strategy.read': async ({ name }) => ({ name, ...(await files.read(name)) }),
    'strategy.save': async ({ name, code }) => {
      const written = await files.write(name, code)
      changed(name)
      return written
    },
    'strategy.create': async ({ name, template }) => {
      const chosen = (await files.templates()).find(({ id }) => id === template)
      if (chosen === undefined) throw new DomainError('template.unknown', { template })
      await files.create(name, chosen.code)
      changed(name)
      return { name }
    },
    'strategy.rename': async ({ name, to }) => {
      await files.rename(name, to)
      changed(name)
      changed(to)
      return {}
    },
    'strategy.delete': async ({ name }) => {
      await files.delete(name)
      changed(name)
      return {}
    },
    'strategy.check': async ({ strategy }) => {
      const origin = await originOf(files, strategy)
      try {
        const { title, params, problems } = await compiler.check(origin)
        return { title, params: [...params], problems: [...problems] }
      } catch (failure) {
        return { title: origin.entry, params: [], problems: [problemOf(failure, origin.entry)] }
      }
    },
    'strategy.api': () => ({ declarations: facts.declarations }),
  }
}

/** A failure to compile or to evaluate, as a problem at its place; anything that has no place is thrown on. */
function problemOf(failure: unknown, entry: string): Problem {
  if (!isDomainError(failure) || !failure.code.startsWith('strategy.') || failure.code === 'strategy.unknown')
    throw failure
  const { file, line, column, message } = failure.data
  return {
    file: typeof file === 'string' ? file : entry,
    line: Math.max(1, Number(line ?? 1)),
    column: Math.max(1, Number(column ?? 1)),
    message: typeof message === 'string' ? message : failure.code,
    severity: 'error',
  }
}
