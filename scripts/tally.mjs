// Counting: from what the tools report to the table and the last line of `npm test`. Pure, so that it can be tested.

/**
 * One row of the table.
 * @typedef {{ name: string, passed: number, failed: number, skipped: number, ms: number, notes: string[] }} Row
 */

/** @returns {Row} */
export const row = (name, counts = {}) => ({ name, passed: 0, failed: 0, skipped: 0, ms: 0, notes: [], ...counts })

/** The row that a test file below test/ belongs to. */
export function suiteOf(file) {
  const folder = /^test\/(golden|property|integration)\//.exec(file.replaceAll('\\', '/'))?.[1]
  if (folder) return folder
  return file.endsWith('architecture.test.ts') ? 'layers' : 'unit'
}

const SUITES = ['layers', 'unit', 'golden', 'property', 'integration']

/**
 * Rows from the report of scripts/vitest-report.mjs. A run that left no report, found no test, or ended badly without
 * a failed test counts as a failure: a crash must never look like fewer tests.
 */
export function rowsOfVitest(report, exit) {
  if (!report) return [row('unit', { failed: 1, notes: [`failed: vitest ended with ${exit} and left no report`] })]
  const rows = new Map(SUITES.map((name) => [name, row(name)]))
  for (const test of report.tests) {
    const target = rows.get(suiteOf(test.file))
    if (test.state === 'passed') target.passed++
    else if (test.state === 'skipped') {
      target.skipped++
      target.notes.push(`skipped: ${test.file} > ${test.name}: ${test.note || 'no reason given'}`)
    } else {
      target.failed++
      target.notes.push(`failed: ${test.file} > ${test.name}`)
    }
  }
  for (const error of report.errors) {
    const target = rows.get(suiteOf(error.split(': ')[0].split(' > ')[0]))
    target.failed++
    target.notes.push(`failed: ${error.split('\n')[0]}`)
  }
  const list = [...rows.values()].filter((each) => each.passed + each.failed + each.skipped > 0)
  if (list.length === 0) return [row('unit', { failed: 1, notes: ['failed: vitest found no test'] })]
  const failed = list.some((each) => each.failed > 0)
  if (exit !== 0 && !failed) list.push(row('vitest', { failed: 1, notes: [`failed: vitest ended with ${exit}`] }))
  return list
}

function* specsOf(suites, parents = []) {
  for (const suite of suites ?? []) {
    const names = suite.title === suite.file ? parents : [...parents, suite.title]
    for (const spec of suite.specs ?? [])
      yield { name: [suite.file, ...names, spec.title].join(' > '), tests: spec.tests }
    yield* specsOf(suite.suites, names)
  }
}

/** The row of Playwright's JSON report; a missing report or an empty run is a failure. */
export function rowOfPlaywright(report, exit) {
  if (!report) return row('e2e', { failed: 1, notes: [`failed: Playwright ended with ${exit} and left no report`] })
  const result = row('e2e')
  for (const { name, tests } of specsOf(report.suites))
    for (const test of tests) {
      if (test.status === 'skipped') {
        result.skipped++
        const reason = test.annotations?.find(({ type }) => type === 'skip' || type === 'fixme')?.description
        result.notes.push(`skipped: ${name}: ${reason || 'no reason given'}`)
      } else if (test.status === 'expected') result.passed++
      else {
        result.failed++
        result.notes.push(`failed: ${name}${test.status === 'flaky' ? ' (only passed when repeated)' : ''}`)
      }
    }
  if (result.passed + result.failed + result.skipped === 0 || (exit !== 0 && result.failed === 0)) {
    result.failed++
    const why = (report.errors ?? []).map(({ message }) => message?.split('\n')[0]).filter(Boolean)
    result.notes.push(`failed: Playwright ended with ${exit}${why.length > 0 ? `: ${why.join('; ')}` : ''}`)
  }
  return result
}

/** A row that fails when the real-data cases were demanded and did not all run, else undefined. */
export function rowOfReference({ required, present, rows }) {
  if (!required) return undefined
  const golden = rows.find(({ name }) => name === 'golden')
  const notes = []
  if (!present) notes.push('failed: TICKWRIGHT_REQUIRE_REFERENCE is set, but there is no reference data')
  if (!golden || golden.passed === 0) notes.push('failed: no golden test ran')
  else if (golden.skipped > 0) notes.push(`failed: ${golden.skipped} golden tests were skipped`)
  return row('reference', notes.length > 0 ? { failed: 1, notes } : { passed: 1 })
}

/** Sums of all rows. */
export function total(rows) {
  const sum = (key) => rows.reduce((value, each) => value + each[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** The table, the reasons, and as the last line alone `N passed, N failed, N skipped`. */
export function summary(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length), 5)
  const cell = (value) => String(value).padStart(8)
  const seconds = (ms) => cell(`${(ms / 1000).toFixed(1)} s`)
  const head = `${'suite'.padEnd(width)}${['passed', 'failed', 'skipped', 'time'].map(cell).join('')}`
  const lines = rows.map(
    (each) =>
      `${each.name.padEnd(width)}${cell(each.passed)}${cell(each.failed)}${cell(each.skipped)}${each.ms ? seconds(each.ms) : cell('')}`,
  )
  const notes = rows.flatMap((each) => each.notes.map((note) => `${each.name}: ${note}`))
  const { passed, failed, skipped } = total(rows)
  const reasons = notes.length > 0 ? ['', ...notes] : []
  return [head, ...lines, ...reasons, '', `${passed} passed, ${failed} failed, ${skipped} skipped`].join('\n')
}
