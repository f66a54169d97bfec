import { expect } from 'vitest'
import { toWireError } from '../../core/contract/wire-error.ts'
import { sentence } from '../../core/node/cli/sentences.ts'
import { resources } from './test-build.ts'

/**
 * Says a failure in both languages and proves the sentences whole: every value filled in, the next step told, nothing
 * of ours shown. Returns the English one.
 */
export function saidInBothLanguages(failure: unknown): string {
  const { code } = toWireError(failure)
  const [english, chinese] = [sentence(failure, resources, 'en'), sentence(failure, resources, 'zh')]
  for (const said of [english, chinese]) {
    expect(said, code).not.toMatch(/\{\{|\}\}|\[object|(?<!of )undefined/)
    // “–” stands for a value that was missing; between blanks it is a dash of the sentence itself.
    expect(said, code).not.toMatch(/(^|[^ ])–|–([^ ]|$)/)
    expect(said.length, code).toBeGreaterThan(8)
    expect(said, code).not.toBe(code)
  }
  expect(english, code).toMatch(/[.”…})]$|\S$/)
  expect(chinese, code).toMatch(/[\u4e00-\u9fff]/)
  return english
}

/** The failure of a promise that must fail. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (failure) {
    return failure
  }
  throw new Error('it did not fail')
}
