import { describe, it } from 'vitest'
import { findRealData } from './reference-files.ts'

/** A suite over the real-data collection; without it one test is skipped (or fails when required) that says why. */
export function describeRealData(title: string, body: (collection: string) => void): void {
  const real = findRealData()
  if (real.present) {
    describe(title, () => body(real.folder))
  } else if (real.required) {
    it(`${title}: real data is required`, () => {
      throw new Error(real.reason)
    })
  } else {
    it.skip(`${title}: ${real.reason}`)
  }
}
