import { describe, expect, it } from 'vitest'
import { readDrafts, strategyFileName } from '../../../renderer/features/editor/drafts.ts'
import { mergeProblems, problemKey, sameProblems } from '../../../renderer/features/editor/problem-merge.ts'
import type { Problem } from '../../../renderer/state/types.ts'

const problem = (line: number, message: string, severity: Problem['severity'] = 'error'): Problem => ({
  file: 'a.ts',
  line,
  column: 1,
  message,
  severity,
})

describe('problems of a strategy', () => {
  const typo = problem(3, 'Cannot find name x')
  const crash = problem(9, 'Division by nothing')

  it('come from the editor and the service, each once, by line', () => {
    expect(mergeProblems([typo], [crash, typo], new Set([problemKey(typo)]))).toEqual([typo, crash])
  })

  it('drop what the user has repaired since the check, and keep what only a run can find', () => {
    expect(mergeProblems([], [crash, typo], new Set([problemKey(typo)]))).toEqual([crash])
  })

  it('are the same only when place and words agree', () => {
    expect(sameProblems([typo], [{ ...typo }])).toBe(true)
    expect(sameProblems([typo], [problem(4, typo.message)])).toBe(false)
    expect(sameProblems([typo], [problem(3, typo.message, 'warning')])).toBe(false)
    expect(sameProblems([typo], [])).toBe(false)
  })
})

describe('a new strategy', () => {
  it.each([
    ['My cross', 'My-cross.ts'],
    ['  rsi.ts ', 'rsi.ts'],
    ['../etc/passwd', 'etc-passwd.ts'],
    ['均线', ''],
    ['', ''],
  ])('named %j is saved as %j', (typed, file) => {
    expect(strategyFileName(typed)).toBe(file)
  })
})

describe('stored drafts', () => {
  it('drop what is malformed', () => {
    expect(readDrafts({ 'a.ts': { text: 'x', base: 'y' }, 'b.ts': { text: 1 }, 'c.ts': null })).toEqual({
      'a.ts': { text: 'x', base: 'y' },
    })
    expect(readDrafts(null)).toEqual({})
  })
})
