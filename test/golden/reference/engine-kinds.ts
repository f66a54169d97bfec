import { checkMulti } from '../multi-cases.ts'
import { checkGrids } from '../optimise-cases.ts'
import { checkTimers } from '../timer-cases.ts'
import { hasKeys, type ReferenceKind } from './kind.ts'

/** Formats that are whole runs of the engine. */
export const engineKinds: readonly ReferenceKind[] = [
  {
    kind: 'timers',
    fits: (_, first) => hasKeys(first, 'timer', 'fired'),
    check: (content, path) => checkTimers(content.cases as Parameters<typeof checkTimers>[0], path),
  },
  {
    kind: 'optimise',
    fits: (_, first) => hasKeys(first, 'grid', 'results'),
    check: (content, path) => checkGrids((content.cases ?? content.grids) as Parameters<typeof checkGrids>[0], path),
  },
  {
    kind: 'multi',
    fits: (_, first) => hasKeys(first, 'rows', 'strategy', 'final_value'),
    check: (content, path) => checkMulti(content.cases as Parameters<typeof checkMulti>[0], path),
  },
]
