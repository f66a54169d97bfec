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
]
