import type { Revision, RevisionStore } from './revision-store.ts'

/** Revisions in memory, for tests and for work that is not to be kept. */
export function createMemoryRevisionStore(): RevisionStore {
  let kept: Revision[] = []
  return {
    async add(revision) {
      const { instrument, interval, at } = revision
      const isKnown = kept.some((one) => one.instrument === instrument && one.interval === interval && one.at === at)
      if (!isKnown) kept.push(revision)
    },
    async list(instrument, interval, before, limit) {
      const found = kept.filter(
        (one) =>
          one.instrument === instrument && one.interval === interval && one.at < (before ?? Number.POSITIVE_INFINITY),
      )
      return found.sort((a, b) => b.at - a.at).slice(0, limit)
    },
    async delete(instrument) {
      kept = kept.filter((one) => one.instrument !== instrument)
    },
  }
}
