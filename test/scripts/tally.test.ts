import { describe, expect, test } from 'vitest'
import { row, rowOfPlaywright, rowOfReference, rowsOfVitest, suiteOf, summary, total } from '../../scripts/tally.mjs'

const passed = (file: string, name = 'works') => ({ file, name, state: 'passed' })

describe('vitest', () => {
  test('tests are told apart by folder', () => {
    expect(suiteOf('test/golden/indicators.test.ts')).toBe('golden')
    expect(suiteOf('test\\property\\sma.test.ts')).toBe('property')
    expect(suiteOf('test/integration/cli.test.ts')).toBe('integration')
    expect(suiteOf('test/architecture.test.ts')).toBe('layers')
    expect(suiteOf('test/core/golden/x.test.ts')).toBe('unit')
  })

  test('each suite gets a row, and a skipped test its reason', () => {
    const tests = [
      passed('test/core/a.test.ts'),
      passed('test/golden/b.test.ts'),
      { file: 'test/golden/c.test.ts', name: 'real data', state: 'skipped', note: 'no ../shared/reference' },
      { file: 'test/core/d.test.ts', name: 'breaks', state: 'failed' },
    ]
    const rows = rowsOfVitest({ tests, errors: [] }, 1)
    expect(rows.map(({ name }) => name)).toEqual(['unit', 'golden'])
    expect(total(rows)).toEqual({ passed: 2, failed: 1, skipped: 1 })
    expect(summary(rows)).toContain('golden: skipped: test/golden/c.test.ts > real data: no ../shared/reference')
  })

  test.each([
    ['no report', undefined, 139],
    ['no tests', { tests: [], errors: [] }, 0],
    ['a bad end without a failed test', { tests: [passed('test/core/a.test.ts')], errors: [] }, 1],
    ['a file that could not be loaded', { tests: [], errors: ['test/golden/a.test.ts: cannot find x'] }, 1],
  ])('%s is a failure', (_name, report, exit) => {
    expect(total(rowsOfVitest(report, exit)).failed).toBe(1)
  })

  test('a test that never finished is a failure', () => {
    const rows = rowsOfVitest(
      { tests: [{ file: 'test/core/a.test.ts', name: 'hangs', state: 'pending' }], errors: [] },
      1,
    )
    expect(total(rows)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})

describe('Playwright', () => {
  const spec = (title: string, status: string, annotations: object[] = []) => ({
    title,
    tests: [{ status, annotations }],
  })
  const report = (...specs: object[]) => ({ suites: [{ title: 'a.spec.ts', file: 'a.spec.ts', specs }] })

  test('passed, failed, flaky and skipped tests are counted, nested ones too', () => {
    const nested = { title: 'chart', file: 'a.spec.ts', specs: [spec('pans', 'expected')] }
    const skip = spec('installs', 'skipped', [{ type: 'skip', description: 'not root' }])
    const base = report(spec('opens', 'expected'), spec('flickers', 'flaky'), spec('breaks', 'unexpected'), skip)
    const result = rowOfPlaywright({ suites: [{ ...base.suites[0], suites: [nested] }] }, 1)
    expect(result).toMatchObject({ passed: 2, failed: 2, skipped: 1 })
    expect(result.notes).toContain('skipped: a.spec.ts > installs: not root')
    expect(result.notes).toContain('failed: a.spec.ts > flickers (only passed when repeated)')
  })

  test.each([
    ['no report', undefined, 1],
    ['no tests', { suites: [], errors: [{ message: 'Error: No tests found' }] }, 1],
    ['a bad end without a failed test', report(spec('opens', 'expected')), 1],
  ])('%s is a failure', (_name, given, exit) => expect(rowOfPlaywright(given, exit).failed).toBe(1))
})

describe('the reference data', () => {
  const golden = row('golden', { passed: 9 })

  test('is optional unless it is demanded', () => {
    expect(rowOfReference({ required: false, present: false, rows: [] })).toBeUndefined()
    expect(rowOfReference({ required: true, present: true, rows: [golden] })).toMatchObject({ passed: 1, failed: 0 })
  })

  test('fails when demanded and absent, skipped, or without a golden test', () => {
    const rows = [{ ...golden, skipped: 1 }]
    expect(rowOfReference({ required: true, present: false, rows: [golden] })).toMatchObject({ failed: 1 })
    expect(rowOfReference({ required: true, present: true, rows })).toMatchObject({ failed: 1 })
    expect(rowOfReference({ required: true, present: true, rows: [] })).toMatchObject({ failed: 1 })
  })
})

test('the last line is the plain sum over all suites', () => {
  const rows = [row('unit', { passed: 12, ms: 1500 }), row('e2e', { passed: 3, failed: 1, skipped: 2 })]
  expect(summary(rows).split('\n').at(-1)).toBe('15 passed, 1 failed, 2 skipped')
})
