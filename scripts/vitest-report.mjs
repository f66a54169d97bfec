// A vitest reporter that writes what `npm test` sums up. vitest's own JSON report leaves out why a test was skipped.
import fs from 'node:fs'
import path from 'node:path'

/** Writes `{ tests: [{ file, name, state, note }], errors: [text] }` to $TICKWRIGHT_REPORT. */
export default class Report {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = []
    const errors = unhandledErrors.map((error) => String(error.message))
    for (const module of modules) {
      const file = module.relativeModuleId
      errors.push(...module.errors().map((error) => `${file}: ${error.message}`))
      for (const suite of module.children.allSuites())
        errors.push(...suite.errors().map((error) => `${file} > ${suite.fullName}: ${error.message}`))
      for (const test of module.children.allTests()) {
        const { state, note } = test.result()
        tests.push({ file, name: test.fullName, state, note })
      }
    }
    const target = process.env.TICKWRIGHT_REPORT
    fs.mkdirSync(path.dirname(target), { recursive: true })
    fs.writeFileSync(target, JSON.stringify({ tests, errors }))
  }
}
