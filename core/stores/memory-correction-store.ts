import type { Correction, CorrectionStore } from './correction-store.ts'

/** Corrections in memory, for tests and for work that is not to be kept. */
export function createMemoryCorrectionStore(): CorrectionStore {
  let kept: Correction[] = []
  return {
    async add(correction) {
      const { instrument, interval, at } = correction
      const isKnown = kept.some((one) => one.instrument === instrument && one.interval === interval && one.at === at)
      if (!isKnown) kept.push(correction)
    },
    async list(instrument, interval, limit) {
      const found = kept.filter((one) => one.instrument === instrument && one.interval === interval)
      return found.sort((a, b) => b.at - a.at).slice(0, limit)
    },
    async delete(instrument) {
      kept = kept.filter((one) => one.instrument !== instrument)
    },
  }
}
