import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript6'

const ROOT = path.dirname(import.meta.dirname)

/**
 * The type declarations that users see, made from the source of the API itself: one module text with the doc comments,
 * without constructors and private members of what only the engine makes.
 * `node scripts/make-api.mjs` writes it; a test compares the file with this function's answer.
 */
export function apiDeclarations() {
  const entry = path.join(ROOT, 'core/engine/api.ts')
  const program = ts.createProgram([entry], {
    ...{ target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.ESNext, strict: true, skipLibCheck: true },
    ...{ moduleResolution: ts.ModuleResolutionKind.Bundler, allowImportingTsExtensions: true, types: [] },
    ...{ declaration: true, emitDeclarationOnly: true, exactOptionalPropertyTypes: true, lib: ['lib.es2024.d.ts'] },
  })
  const statements = new Map()
  program.emit(undefined, (file, text) => collect(statements, file, text), undefined, true)
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry))
  const exported = checker.getExportsOfModule(module).map((symbol) => symbol.getName())
  const wanted = closure(statements, exported)
  const body = [...statements]
    .filter(([name]) => wanted.has(name))
    .map(([name, one]) => print(one, exported.includes(name)))
  return `${HEADER}\n${body.join('\n\n')}\n\nexport {}\n`
}

const HEADER = `// Long because it is the whole API in one module, made by a program.\n// What \`import … from 'tickwright'\` offers. Made by scripts/make-api.mjs from core/engine/api.ts; do not edit.\n`
const HIDDEN = new Map([['Line', new Set(['owner'])]])

/** Top-level declarations by name; overloads of a function are joined. */
function collect(statements, file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2024, true)
  for (const statement of source.statements) {
    const name = statement.name?.text ?? statement.declarationList?.declarations[0]?.name.text
    if (name !== undefined) statements.set(name, { statement, source, text: publicText(statement, source) })
  }
}

/** The statement's text without private members, constructors and hidden members, its doc comment in front. */
function publicText(statement, source) {
  if (!ts.isClassDeclaration(statement)) {
    return lastComment(source.text.slice(statement.getFullStart(), statement.end).trim())
  }
  let text = source.text.slice(statement.getFullStart(), statement.end)
  const hidden = HIDDEN.get(statement.name.text)
  for (const member of [...statement.members].reverse()) {
    const isPrivate = member.name !== undefined && ts.isPrivateIdentifier(member.name)
    const isHidden = hidden?.has(member.name?.getText(source)) ?? false
    if (!isPrivate && !isHidden && !ts.isConstructorDeclaration(member)) continue
    const start = member.getFullStart() - statement.getFullStart()
    text = text.slice(0, start) + text.slice(member.end - statement.getFullStart())
  }
  return lastComment(text.trim())
}

/** The text with only the doc comment that belongs to it: a file's own comment may stand above the first one. */
function lastComment(text) {
  return text.replace(/^(?:\/\*\*[\s\S]*?\*\/\s*)+(?=\/\*\*)/, '')
}

/** Every declared name that the given ones need, themselves included. */
function closure(statements, names) {
  const found = new Set()
  const visit = (name) => {
    if (found.has(name) || !statements.has(name)) return
    found.add(name)
    const parsed = ts.createSourceFile('part.d.ts', statements.get(name).text, ts.ScriptTarget.ES2024, true)
    const walk = (node) => {
      if (ts.isIdentifier(node)) visit(node.text)
      ts.forEachChild(node, walk)
    }
    walk(parsed)
  }
  names.forEach(visit)
  return found
}

function print({ text }, isPublic) {
  const bare = text.replace(/^((?:\s*\/\*\*[\s\S]*?\*\/)?\s*)(?:export )?(?:declare )?/, '$1')
  const keyword = /^(?:\s*\/\*\*[\s\S]*?\*\/)?\s*(?:interface|type)\b/.test(bare) ? '' : 'declare '
  return bare.replace(/^((?:\s*\/\*\*[\s\S]*?\*\/)?\s*)/, `$1${isPublic ? 'export ' : ''}${keyword}`)
}

/** Where the declarations lie. */
export const API_FILE = path.join(ROOT, 'resources/api/tickwright.d.ts')

export function readApiFile() {
  return readFileSync(API_FILE, 'utf8')
}
