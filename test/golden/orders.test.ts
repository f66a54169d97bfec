import { describe, expect, it } from 'vitest'
import { describeRealData } from './describe-real-data.ts'
import type { OrderFile } from './order-case.ts'
import { checkOrderFile } from './orders.ts'
import { readReference, referenceFiles, syntheticFolder } from './reference-files.ts'

function orderSuites(collection: string): void {
  const files = referenceFiles(collection, 'orders')

  it('has files', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  for (const file of files) {
    describe(file.name, () => {
      for (const verdict of checkOrderFile(readReference(file.path) as OrderFile)) {
        it(verdict.id, () => expect(verdict).toEqual({ id: verdict.id, outcome: 'passed' }))
      }
    })
  }
}

describe('orders end as backtrader’s did on synthetic bars', () => orderSuites(syntheticFolder))

describeRealData('orders end as backtrader’s did on real bars', orderSuites)
