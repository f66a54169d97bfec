import ts from 'typescript6'

/** One import of a module, type import, re-export, `import()` or `require()`. */
export interface Import {
  readonly specifier: string
  readonly line: number
  /** True when it vanishes at run time. */
  readonly typeOnly: boolean
  /** Names taken from the module under their own name; empty for namespaces and dynamic imports. */
  readonly names: readonly string[]
}

/** A use of something that core must be given instead. */
export interface Use {
  readonly what: string
  readonly line: number
}

/** What the architecture rules need to know about a file. */
export interface Source {
  /** Path from the repository root, with forward slashes. */
  readonly file: string
  readonly lines: number
  readonly firstLine: string
  readonly imports: readonly Import[]
  readonly impure: readonly Use[]
}

const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'])
const AMBIENT = new Set(['performance', 'console'])
/** These read the machine's time zone or language, so the same run would differ from desk to desk. */
const LOCAL =
  /^(get(FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)|set(FullYear|Month|Date|Hours|Minutes|Seconds)|toLocale\w+|localeCompare)$/

function importedNames(clause: ts.ImportClause | undefined): string[] {
  const bindings = clause?.namedBindings
  if (!bindings || !ts.isNamedImports(bindings)) return []
  return bindings.elements.map((element) => (element.propertyName ?? element.name).text)
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.isTypeOnly) return true
  const bindings = clause.namedBindings
  if (clause.name || !bindings || !ts.isNamedImports(bindings)) return false
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly)
}

function importOf(node: ts.Node): Omit<Import, 'line'> | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const { importClause: clause, moduleSpecifier } = node
    return { specifier: moduleSpecifier.text, typeOnly: isTypeOnlyImport(clause), names: importedNames(clause) }
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
    return { specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly, names: [] }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
    return { specifier: node.argument.literal.text, typeOnly: true, names: [] }
  if (!ts.isCallExpression(node)) return undefined
  const [first] = node.arguments
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === 'require')
  return loads && first && ts.isStringLiteralLike(first)
    ? { specifier: first.text, typeOnly: false, names: [] }
    : undefined
}

function impureCall(node: ts.CallExpression): string | undefined {
  const callee = node.expression
  if (!ts.isIdentifier(callee)) return undefined
  return TIMERS.has(callee.text) || callee.text === 'Date' ? `${callee.text}()` : undefined
}

function impureAccess(node: ts.PropertyAccessExpression): string | undefined {
  const name = node.name.text
  const owner = ts.isIdentifier(node.expression) ? node.expression.text : ''
  if (AMBIENT.has(owner) || (owner === 'Date' && name === 'now') || (owner === 'Math' && name === 'random'))
    return `${owner}.${name}`
  return LOCAL.test(name) && ts.isCallExpression(node.parent) ? `.${name}()` : undefined
}

/** `new Date(ms)` is pure; without an argument it is the wall clock, with several the local time zone. */
function impureDate(node: ts.NewExpression): string | undefined {
  const isDate = ts.isIdentifier(node.expression) && node.expression.text === 'Date'
  return isDate && node.arguments?.length !== 1 ? 'new Date()' : undefined
}

function impureUse(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node)) return impureDate(node)
  if (ts.isCallExpression(node)) return impureCall(node)
  return ts.isPropertyAccessExpression(node) ? impureAccess(node) : undefined
}

/** Reads imports and impure uses out of the text of a TypeScript file; comments and strings do not count. */
export function parseSource(file: string, text: string): Source {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind)
  const imports: Import[] = []
  const impure: Use[] = []
  const visit = (node: ts.Node): void => {
    const line = () => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
    const found = importOf(node)
    if (found) imports.push({ ...found, line: line() })
    const what = impureUse(node)
    if (what) impure.push({ what, line: line() })
    ts.forEachChild(node, visit)
  }
  visit(tree)
  const lines = text.split('\n')
  return { file, lines: lines.length - (lines.at(-1) === '' ? 1 : 0), firstLine: lines[0] ?? '', imports, impure }
}
