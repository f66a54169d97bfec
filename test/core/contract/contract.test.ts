import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { requestNames } from '../../../core/contract/contract.ts'
import { methodName, requestNameList } from '../../../core/contract/request-names.ts'
import { fromWireError, toWireError } from '../../../core/contract/wire-error.ts'
import { errorCodes } from '../../../core/domain/error-codes.ts'
import { DomainError } from '../../../core/domain/errors.ts'

const messages = (language: string) =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../resources/messages', language, 'errors.json'), 'utf8'),
  ) as Record<string, string>

describe('the contract', () => {
  test('the preload exposes exactly the requests of the contract, each under a name of its own', () => {
    expect([...requestNameList].sort()).toEqual([...requestNames].sort())
    expect(new Set(requestNameList.map(methodName)).size).toBe(requestNameList.length)
  })

  test.each(['en', 'zh'])('every failure has a sentence in %s, and no sentence is left over', (language) => {
    const keys = Object.keys(messages(language))
    expect(keys).toEqual(expect.arrayContaining([...errorCodes]))
    const codes: readonly string[] = errorCodes
    /** Sentences for one reason of a code, words for reasons and rules, and the place put before a sentence. */
    const more = (key: string) =>
      codes.some((code) => key.startsWith(`${code}.`)) || /^(\w+\.(reason|rule)\.|place$)/.test(key)
    expect(keys.filter((key) => !codes.includes(key) && !more(key))).toEqual([])
  })

  test('both languages have the same sentences', () => {
    expect(Object.keys(messages('zh'))).toEqual(Object.keys(messages('en')))
  })

  test('both languages name the same values in every sentence', () => {
    const named = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort()
    const [english, chinese] = [messages('en'), messages('zh')]
    for (const code of Object.keys(english))
      expect([code, named(chinese[code] ?? '')]).toEqual([code, named(english[code] ?? '')])
  })

  test('a designed failure crosses a process boundary with its code and data; anything else becomes internal', () => {
    const wire = toWireError(new DomainError('data.missing', { instrument: 'SPX' }))
    expect(fromWireError(wire)).toMatchObject({ code: 'data.missing', data: { instrument: 'SPX' } })
    expect(toWireError(new TypeError('x is undefined'))).toEqual({
      code: 'internal',
      data: { message: 'x is undefined' },
    })
  })
})
