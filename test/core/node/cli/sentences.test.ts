import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript6'
import { expect, test } from 'vitest'
import { DomainError } from '../../../../core/domain/errors.ts'
import { sentence, terminalLanguage } from '../../../../core/node/cli/sentences.ts'
import { resources, root } from '../../../helpers/test-build.ts'

interface Thrown {
  readonly at: string
  readonly code: string
  /** Keys of its data; undefined when they cannot be read off the source (spread of something computed). */
  readonly keys: readonly string[]
  readonly spreads: boolean
  readonly reason: string | undefined
}

/** Every `new DomainError('code', { … })` of the core. */
function thrown(): Thrown[] {
  return globSync('core/**/*.ts', { cwd: root }).flatMap((name) => {
    const file = ts.createSourceFile(name, readFileSync(join(root, name), 'utf8'), ts.ScriptTarget.Latest, true)
    const found: Thrown[] = []
    const visit = (node: ts.Node): void => {
      const error = ts.isNewExpression(node) && node.expression.getText() === 'DomainError' ? node : undefined
      const [code, data] = error?.arguments ?? []
      if (code !== undefined && ts.isStringLiteral(code)) found.push(readThrown(file, code, data))
      ts.forEachChild(node, visit)
    }
    visit(file)
    return found
  })
}

function readThrown(file: ts.SourceFile, code: ts.StringLiteral, data: ts.Expression | undefined): Thrown {
  const { line } = file.getLineAndCharacterOfPosition(code.getStart())
  const at = `${file.fileName}:${line + 1}`
  if (data === undefined) return { at, code: code.text, keys: [], spreads: false, reason: undefined }
  if (!ts.isObjectLiteralExpression(data)) return { at, code: code.text, keys: [], spreads: true, reason: undefined }
  const keys = data.properties.flatMap((property) => (property.name === undefined ? [] : [property.name.getText()]))
  const spreads = data.properties.some(ts.isSpreadAssignment)
  const reason = data.properties.find((property) => property.name?.getText() === 'reason')
  const word =
    reason !== undefined && ts.isPropertyAssignment(reason) && ts.isStringLiteral(reason.initializer)
      ? reason.initializer.text
      : undefined
  return { at, code: code.text, keys, spreads, reason: word }
}

/** What is added on the way out of a strategy: its place and the bar. */
const addedOnTheWay = ['file', 'line', 'column', 'when']

test('whatever is thrown carries every value that its sentence names', () => {
  const path = join(resources, 'messages', 'en', 'errors.json')
  const messages = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
  const all = thrown()
  expect(all.length).toBeGreaterThan(60)
  const missing = all
    .filter(({ spreads }) => !spreads)
    .flatMap(({ at, code, keys, reason }) => {
      const text = messages[`${code}.${reason}`] ?? messages[code] ?? ''
      const named = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name)
      return named
        .filter((name) => !keys.includes(name) && !addedOnTheWay.includes(name))
        .map((name) => `${at} throws ${code} without ${name}`)
    })
  expect(missing).toEqual([])
})

test('the terminal speaks the language of the system', () => {
  expect(terminalLanguage({ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' })).toBe('zh')
  expect(terminalLanguage({ LANG: 'zh_TW' })).toBe('zh')
  expect(terminalLanguage({ LANG: 'de_DE.UTF-8' })).toBe('en')
  expect(terminalLanguage({})).toBe('en')
  const failure = new DomainError('store.full')
  expect(sentence(failure, resources, 'zh')).toMatch(/磁盘/)
  expect(sentence(failure, resources, 'en')).toMatch(/disk/)
})
