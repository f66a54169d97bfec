import { checkFilterFile, type FilterFile } from '../filter-cases.ts'
import { checkRollOvers, checkStitches } from '../futures-cases.ts'
import { checkResolutions } from '../qtpylib-resample-cases.ts'
import { checkResampleFile, type ResampleFile } from '../resample-cases.ts'
import { hasKeys, type ReferenceKind } from './kind.ts'

const resampled = (kind: string, options: string): ReferenceKind => ({
  kind,
  fits: (_, first) => hasKeys(first, options, 'bars'),
  check: (content, path) => checkResampleFile(content as unknown as ResampleFile, path),
})

/** Formats about bars below the engine. */
export const dataKinds: readonly ReferenceKind[] = [
  resampled('resample', 'resampledata'),
  resampled('replay', 'replaydata'),
  {
    kind: 'qtpylib resample',
    fits: (_, first) => hasKeys(first, 'resolution', 'source', 'rows'),
    check: ({ cases }, path) => checkResolutions(cases as Parameters<typeof checkResolutions>[0], path),
  },
  {
    kind: 'futures',
    fits: (_, first) => hasKeys(first, 'input', 'expected') && String(first.input).endsWith('.csv'),
    check: ({ cases }, path) => checkStitches(cases as Parameters<typeof checkStitches>[0], path),
  },
  {
    kind: 'futures',
    fits: (content, first) => hasKeys(content, 'contracts') && hasKeys(first, 'bars'),
    check: (content, path) => checkRollOvers(content as unknown as Parameters<typeof checkRollOvers>[0], path),
  },
  {
    kind: 'filters',
    fits: (_, first) => hasKeys(first, 'filter', 'bars'),
    check: (content, path) => checkFilterFile(content as unknown as FilterFile, path),
  },
]
