import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AnalyzerFile, runAnalyzerFile, runDifference } from './analyzer-run.ts'
import { describeRealData } from './describe-real-data.ts'
import { readReference, referenceFiles, syntheticFolder } from './reference-files.ts'

/** Orders, trades, cash and value of the runs inside the analyzers files. */
function runSuite(folder: string): void {
  for (const { path, name } of referenceFiles(folder, 'analyzers')) {
    const file = readReference(path) as AnalyzerFile
    const run = runAnalyzerFile(file, path)
    // The collection of synthetic bars does not hold every series
    if (run === undefined) continue
    it(`${name}: ${file.run.strategy} ends as backtrader's run did`, () =>
      expect(runDifference(file, run)).toBeUndefined())
  }
}

describe('whole runs on synthetic bars', () => runSuite(syntheticFolder))

describeRealData('whole runs on real bars', (folder) => {
  it('has files', () => expect(existsSync(join(folder, 'analyzers'))).toBe(true))
  runSuite(folder)
})
