import type { CheckedFile } from './kinds.ts'

interface Counts {
  passed: number
  failed: number
  unsupported: number
  barless: number
  excluded: number
}

/** Counts per kind, and every case that did not pass. */
export function createReport() {
  const kinds = new Map<string, Counts>()
  const features = new Map<string, number>()
  const exclusions = new Map<string, number>()
  const details: string[] = []
  let failed = 0
  return {
    /** Cases that did not pass: wrong ones, and those that nothing here can run. */
    get failed() {
      return failed
    },
    get cases() {
      return [...kinds.values()].reduce((sum, counts) => sum + Object.values(counts).reduce((a, b) => a + b), 0)
    },
    add(name: string, { kind, verdicts }: CheckedFile): void {
      if (kind === undefined) return
      const counts = kinds.get(kind) ?? { passed: 0, failed: 0, unsupported: 0, barless: 0, excluded: 0 }
      kinds.set(kind, counts)
      for (const verdict of verdicts) {
        counts[verdict.outcome]++
        if (verdict.outcome === 'failed') {
          failed++
          details.push(`failed         ${name} ${verdict.id}: ${verdict.difference}`)
        } else if (verdict.outcome === 'unsupported') {
          failed++
          const feature = `${kind}: ${verdict.feature}`
          features.set(feature, (features.get(feature) ?? 0) + 1)
          details.push(`not supported  ${name} ${verdict.id}: ${verdict.feature}`)
        } else if (verdict.outcome === 'barless') {
          details.push(`no bars        ${name} ${verdict.id}: no file of the collection holds ${verdict.bars}`)
        } else if (verdict.outcome === 'excluded') {
          exclusions.set(verdict.reason, (exclusions.get(verdict.reason) ?? 0) + 1)
          details.push(`excluded       ${name} ${verdict.id}: ${verdict.reason}`)
        }
      }
    },
    text(list: boolean): string {
      const rows = [...kinds].map(([kind, { passed, failed: wrong, unsupported, barless, excluded }]) =>
        [
          kind.padEnd(14),
          `${passed} passed`.padStart(14),
          `${wrong} failed`.padStart(12),
          `${unsupported} not yet supported`.padStart(26),
          ...(barless === 0 ? [] : [`${barless} without bars`.padStart(18)]),
          ...(excluded === 0 ? [] : [`${excluded} excluded`.padStart(14)]),
        ].join(''),
      )
      const missing = [...features].map(([feature, count]) => `  ${feature} (${count})`)
      const open = missing.length === 0 ? [] : ['', 'Not yet supported:', ...missing]
      const known = [...exclusions].map(([reason, count]) => `  ${reason} (${count})`)
      const fixed = known.length === 0 ? [] : ['', 'Excluded, see test/golden/excluded-indicators.ts:', ...known]
      return [...(list ? [...details, ''] : []), ...rows, ...(list ? [] : [...open, ...fixed]), ''].join('\n')
    },
  }
}
