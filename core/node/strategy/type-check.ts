import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, posix } from 'node:path'
import type * as TypeScript from 'typescript6'
import type { Problem } from '../../workstation/ports.ts'
import type { SourceSet } from './source-set.ts'

const load = createRequire(import.meta.url)
const apiFile = '/tickwright.d.ts'
const userFolder = '/strategy/'

/** Type-checks user modules against the strategy API; keeps its program warm, so the first check costs about a second and later ones tens of milliseconds. */
export interface TypeChecker {
  check(set: SourceSet): readonly Problem[]
}

/** `apiDeclarations` is the text of `resources/api/tickwright.d.ts`; `libFolder` holds the compiler's `lib.*.d.ts`. */
export function createTypeChecker(apiDeclarations: string, libFolder: string): TypeChecker {
  const ts = load('typescript6') as typeof TypeScript
  const libraries = new Map<string, string | undefined>()
  let files = new Map<string, { text: string; version: number }>([[apiFile, { text: apiDeclarations, version: 1 }]])

  const readLibrary = (name: string) => {
    if (!libraries.has(name)) libraries.set(name, readText(name))
    return libraries.get(name)
  }
  const read = (name: string) => files.get(name)?.text ?? (name.startsWith(libFolder) ? readLibrary(name) : undefined)

  const options: TypeScript.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    lib: ['lib.es2024.d.ts'],
    types: [],
    skipLibCheck: true,
  }
  const service = ts.createLanguageService(
    {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...files.keys()],
      getScriptVersion: (name) => String(files.get(name)?.version ?? 1),
      getScriptSnapshot: (name) => {
        const text = read(name)
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
      },
      getCurrentDirectory: () => '/',
      getDefaultLibFileName: () => join(libFolder, 'lib.es2024.d.ts'),
      fileExists: (name) => read(name) !== undefined,
      readFile: read,
      resolveModuleNameLiterals: (literals, containing) =>
        literals.map((literal) => ({ resolvedModule: resolveModule(ts, literal.text, containing, files) })),
    },
    ts.createDocumentRegistry(),
  )

  return {
    check(set) {
      files = withUserFiles(files, apiDeclarations, set)
      const program = service.getProgram()
      if (program === undefined) return []
      return Object.keys(set.sources).flatMap((name) => {
        const file = userFolder + name
        const found = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)]
        return found.map((diagnostic) => toProblem(ts, diagnostic, name))
      })
    },
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function withUserFiles(
  before: ReadonlyMap<string, { text: string; version: number }>,
  apiDeclarations: string,
  set: SourceSet,
): Map<string, { text: string; version: number }> {
  const after = new Map([[apiFile, { text: apiDeclarations, version: 1 }]])
  for (const [name, text] of Object.entries(set.sources)) {
    const old = before.get(userFolder + name)
    after.set(userFolder + name, old?.text === text ? old : { text, version: (old?.version ?? 0) + 1 })
  }
  return after
}

function resolveModule(
  ts: typeof TypeScript,
  module: string,
  containing: string,
  files: ReadonlyMap<string, unknown>,
): TypeScript.ResolvedModuleFull | undefined {
  if (module === 'tickwright') return { resolvedFileName: apiFile, extension: ts.Extension.Dts }
  const base = posix.join(posix.dirname(containing), module)
  for (const name of [base, `${base}.ts`, posix.join(base, 'index.ts')]) {
    if (files.has(name)) return { resolvedFileName: name, extension: ts.Extension.Ts }
  }
  return undefined
}

function toProblem(ts: typeof TypeScript, diagnostic: TypeScript.Diagnostic, file: string): Problem {
  const place = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0)
  return {
    file,
    line: (place?.line ?? 0) + 1,
    column: (place?.character ?? 0) + 1,
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
    severity: diagnostic.category === ts.DiagnosticCategory.Error ? 'error' : 'warning',
  }
}
