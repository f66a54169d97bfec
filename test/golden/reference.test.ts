import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeRealData } from './describe-real-data.ts'
import { findReferenceFiles } from './reference/files.ts'
import { checkFile } from './reference/kinds.ts'
import { syntheticFolder } from './reference-files.ts'

/** Orders and indicators have suites of their own, which say more. */
const told = /(^|[\\/])(orders|indicators)[\\/]/

/** Every case of every file that `npm run reference` knows how to run. */
function referenceSuites(folder: string): void {
  for (const path of findReferenceFiles(folder)) {
    const name = relative(folder, path)
    if (told.test(name)) continue
    const { verdicts } = checkFile(path)
    const ran = verdicts.filter(({ outcome }) => outcome !== 'barless')
    if (ran.length > 0)
      describe(name, () => {
        for (const verdict of ran)
          it(verdict.id, () =>
            expect(verdict).toSatisfy(({ outcome }) => outcome === 'passed' || outcome === 'excluded'),
          )
      })
  }
}

describe('backtrader’s results on synthetic bars', () => {
  referenceSuites(syntheticFolder)
  it('has files', () => expect(findReferenceFiles(syntheticFolder).length).toBeGreaterThan(0))
})

describeRealData('results of other systems on real bars', (folder) => {
  const whole = join(folder, '..')
  referenceSuites(existsSync(join(whole, 'manifest.json')) ? whole : folder)
  it('has files', () => expect(findReferenceFiles(folder).length).toBeGreaterThan(0))
})
