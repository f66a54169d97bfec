import { describe, expect, it } from 'vitest'
import { describeRealData } from './describe-real-data.ts'
import { excludedIndicatorLines } from './excluded-indicators.ts'
import { readIndicatorFile, runIndicatorCase } from './indicator-cases.ts'
import { describeDifference, referenceFiles, syntheticFolder } from './reference-files.ts'

function indicatorSuites(collection: string): void {
  const files = referenceFiles(collection, 'indicators')

  it('has files', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  for (const file of files) {
    const { bars, cases } = readIndicatorFile(file.path)
    describe(file.name, () => {
      for (const test of cases) {
        const result = runIndicatorCase(test, bars)
        const isExcluded = excludedIndicatorLines.some((each) => each.class === test.class)
        it(isExcluded ? `${test.id}, but for what the defect register names` : test.id, () => {
          const said = result.status === 'failed' ? describeDifference(result.firstDifference) : result.status
          expect(said).toBe(isExcluded ? 'excluded' : 'passed')
        })
      }
    })
  }
}

describe('indicators give backtrader’s numbers on synthetic bars', () => indicatorSuites(syntheticFolder))

describeRealData('indicators give backtrader’s numbers on real bars', indicatorSuites)
