import { createRequire } from 'node:module'
import type * as TypeScript from 'typescript6'

const ts = createRequire(import.meta.url)('typescript6') as typeof TypeScript

/**
 * Whether a strategy's modules may keep something between two runs: a variable, an object or a static field at the top
 * level, or a change of something global. False only when that is certain, because the module is then not loaded
 * anew for each trial of an optimisation, which would cost its compiled code; true is always safe.
 */
export function mayKeepState(sources: Readonly<Record<string, string>>): boolean {
  return Object.entries(sources).some(([name, text]) => {
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
    return !file.statements.every(isStateless) || reachesOut(file)
  })
}

/** A statement of the top level that leaves nothing that could change. */
function isStateless(statement: TypeScript.Statement): boolean {
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return true
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true
  if (ts.isFunctionDeclaration(statement)) return true
  if (ts.isClassDeclaration(statement)) return statement.members.every(isStatelessMember)
  if (!ts.isVariableStatement(statement)) return false
  const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0
  return isConst && statement.declarationList.declarations.every(({ initializer }) => isFixed(initializer))
}

function isStatelessMember(member: TypeScript.ClassElement): boolean {
  const isStatic =
    ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
  if (ts.isClassStaticBlockDeclaration(member)) return false
  if (isStatic !== true || !ts.isPropertyDeclaration(member)) return true
  if (member.name.getText() === 'params') return isDeclaration(member.initializer)
  return isFixed(member.initializer)
}

/** `{ fast: param.int(10) }`: what the engine reads and nobody writes. */
function isDeclaration(value: TypeScript.Expression | undefined): boolean {
  if (value === undefined || !ts.isObjectLiteralExpression(value)) return false
  return value.properties.every((property) => {
    return ts.isPropertyAssignment(property) && ts.isCallExpression(property.initializer)
  })
}

/** A number, text or function: a value that cannot change. */
function isFixed(value: TypeScript.Expression | undefined): boolean {
  if (value === undefined) return false
  if (ts.isParenthesizedExpression(value) || ts.isAsExpression(value)) return isFixed(value.expression)
  if (ts.isPrefixUnaryExpression(value)) return isFixed(value.operand)
  if (ts.isBinaryExpression(value)) return isFixed(value.left) && isFixed(value.right)
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return true
  return ts.isNumericLiteral(value) || ts.isStringLiteralLike(value) || isKeyword(value)
}

function isKeyword({ kind }: TypeScript.Expression): boolean {
  return kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword || kind === ts.SyntaxKind.NullKeyword
}

/** Names by which code reaches what all runs share. */
const shared = new Set(['globalThis', 'Reflect', 'Function', 'eval', 'Proxy', 'prototype', 'constructor', '__proto__'])
const changers = new Set(['assign', 'defineProperty', 'defineProperties', 'setPrototypeOf'])

/** Whether anything in a file may change what is outside its own objects. */
function reachesOut(file: TypeScript.SourceFile): boolean {
  const top = topNames(file)
  const locals = new Set<string>()
  const written: string[] = []
  let reaches = false
  const visit = (node: TypeScript.Node): void => {
    // `constructor() { … }` of a class is a keyword of its own, not an identifier
    if (ts.isIdentifier(node) && (shared.has(node.text) || changers.has(node.text))) reaches = true
    if (ts.isIdentifier(node) && top.has(node.text) && isHandedOn(node)) reaches = true
    if (isLocal(node)) locals.add(node.name.text)
    const target = writtenTo(node)
    if (target !== undefined) written.push(target)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return reaches || written.some((name) => name !== 'this' && (top.has(name) || !locals.has(name)))
}

/** Classes and functions of a file, and what it takes from the modules beside it: under another name they could be written to. */
function topNames(file: TypeScript.SourceFile): Set<string> {
  return new Set(
    file.statements.flatMap((statement) => {
      if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)) return statement.name?.text ?? []
      return ts.isImportDeclaration(statement) ? namesBeside(statement) : []
    }),
  )
}

/** What an import takes from a module beside it; nothing for the strategy API. */
function namesBeside({ moduleSpecifier, importClause }: TypeScript.ImportDeclaration): string[] {
  if (importClause === undefined || !moduleSpecifier.getText().includes('./')) return []
  const { name, namedBindings } = importClause
  const parts =
    namedBindings === undefined ? [] : 'elements' in namedBindings ? namedBindings.elements : [namedBindings]
  return [...(name === undefined ? [] : [name.text]), ...parts.map((part) => part.name.text)]
}

/** A name that is neither declared, called, made, extended nor used as a type here. */
function isHandedOn(name: TypeScript.Identifier): boolean {
  const { parent } = name
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression !== name
  const isPlain =
    ts.isClassDeclaration(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isExpressionWithTypeArguments(parent)
  return !(isPlain || ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent))
}

/** A variable or parameter inside a function. */
function isLocal(
  node: TypeScript.Node,
): node is (TypeScript.VariableDeclaration | TypeScript.ParameterDeclaration) & { name: TypeScript.Identifier } {
  if (ts.isParameter(node)) return ts.isIdentifier(node.name)
  if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return false
  const list = node.parent
  return !(ts.isVariableDeclarationList(list) && ts.isSourceFile(list.parent.parent))
}

/** The name at the root of what a node writes to, `this` included; `?` for anything else. */
function writtenTo(node: TypeScript.Node): string | undefined {
  const target = writeTarget(node)
  if (target === undefined) return undefined
  let root: TypeScript.Expression = target
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root) || ts.isNonNullExpression(root)) {
    root = root.expression
  }
  if (root.kind === ts.SyntaxKind.ThisKeyword) return 'this'
  return ts.isIdentifier(root) ? root.text : '?'
}

function writeTarget(node: TypeScript.Node): TypeScript.Expression | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
    return assigns ? node.left : undefined
  }
  if (ts.isDeleteExpression(node)) return node.expression
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return undefined
  const changes = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
  return changes ? node.operand : undefined
}
