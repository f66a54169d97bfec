import { join, posix, sep } from 'node:path'
import type { Message, Plugin } from 'esbuild'
import { DomainError } from '../../domain/errors.ts'
import type { CompiledStrategy, Problem } from '../../workstation/ports.ts'
import { codeHash } from './source-set.ts'

/** Text of a module, undefined when there is none. */
export type ReadModule = (name: string) => Promise<string | undefined>

const strategyModule = 'tickwright'

/** In an installed app the compiler's program lies beside the archive, where it can be executed; it must be told before it loads. */
async function loadCompiler(): Promise<typeof import('esbuild')> {
  const archive = `${sep}app.asar${sep}`
  if (import.meta.dirname.includes(archive)) {
    const unpacked = import.meta.dirname.replace(archive, `${sep}app.asar.unpacked${sep}`)
    const root = unpacked.slice(0, unpacked.indexOf('app.asar.unpacked') + 'app.asar.unpacked'.length)
    const program = process.platform === 'win32' ? 'esbuild.exe' : join('bin', 'esbuild')
    process.env.ESBUILD_BINARY_PATH = join(
      root,
      'node_modules',
      '@esbuild',
      `${process.platform}-${process.arch}`,
      program,
    )
  }
  return import('esbuild')
}

/**
 * Strips types and joins a strategy with the modules beside it. Only relative imports and `tickwright` exist:
 * a package, a URL or a Node module is `strategy.import`; anything that does not parse is `strategy.syntax`.
 */
export async function bundleStrategy(entry: string, read: ReadModule): Promise<CompiledStrategy> {
  const sources: Record<string, string> = {}
  const { build } = await loadCompiler()
  try {
    const output = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'neutral',
      target: 'es2024',
      charset: 'utf8',
      logLevel: 'silent',
      sourcemap: 'external',
      sourcesContent: false,
      outfile: 'strategy.js',
      tsconfigRaw: '{}',
      plugins: [userModules(entry, read, sources)],
    })
    const code = output.outputFiles.find((file) => file.path.endsWith('.js'))?.text ?? ''
    const map = output.outputFiles.find((file) => file.path.endsWith('.map'))?.text ?? ''
    return { entry, sources, code, map, codeHash: codeHash({ entry, sources }) }
  } catch (failure) {
    throw bundleError(failure, entry)
  }
}

function userModules(entry: string, read: ReadModule, sources: Record<string, string>): Plugin {
  return {
    name: 'user-modules',
    setup(builder) {
      builder.onResolve({ filter: /.*/ }, async ({ path, importer, kind }) => {
        // Not `path`: esbuild puts “./” before the name of a file that happens to lie in the working folder.
        if (kind === 'entry-point') return { path: entry, namespace: 'user' }
        if (path === strategyModule) return { path, external: true }
        const name = await siblingModule(path, importer, read)
        return name === undefined ? { errors: [{ text: `import:${path}` }] } : { path: name, namespace: 'user' }
      })
      builder.onLoad({ filter: /.*/, namespace: 'user' }, async ({ path }) => {
        const text = await read(path)
        if (text === undefined) throw new DomainError('strategy.unknown', { name: path })
        sources[path] = text
        return { contents: text, loader: 'ts' }
      })
    },
  }
}

/** The module that a relative import names; undefined for packages, and for files outside the strategy's folder. */
async function siblingModule(path: string, importer: string, read: ReadModule): Promise<string | undefined> {
  if (!path.startsWith('./') && !path.startsWith('../')) return undefined
  const base = posix.join(posix.dirname(importer), path)
  if (base.startsWith('..')) return undefined
  for (const name of [base, `${base}.ts`, posix.join(base, 'index.ts')]) {
    if ((await read(name)) !== undefined) return name
  }
  return undefined
}

function bundleError(failure: unknown, entry: string): unknown {
  const message = (failure as { errors?: readonly Message[] }).errors?.[0]
  if (message === undefined) return failure
  if (message.detail instanceof DomainError) return message.detail
  const problem = toProblem(message, entry)
  const place = { file: problem.file, line: problem.line, column: problem.column }
  const imported = /^import:(.*)$/.exec(message.text)
  if (imported !== null) return new DomainError('strategy.import', { ...place, module: imported[1] ?? '' })
  return new DomainError('strategy.syntax', { ...place, message: message.text })
}

function toProblem(message: Message, entry: string): Problem {
  return {
    file: message.location?.file.replace(/^user:/, '') ?? entry,
    line: message.location?.line ?? 1,
    column: (message.location?.column ?? 0) + 1,
    message: message.text,
    severity: 'error',
  }
}
