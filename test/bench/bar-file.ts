import { statSync } from 'node:fs'

const bytesPerBar = 6 * Float64Array.BYTES_PER_ELEMENT

/** Why a file cannot be the bars of a workload, in a sentence; undefined when it can. */
export function barFileProblem(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined || !found.isFile()) return `There is no benchmark and no bar file “${file}”.`
  if (found.size > 0 && found.size % bytesPerBar === 0) return undefined
  return `${file} has ${found.size} bytes: not six Float64 columns (time, open, high, low, close, volume) of whole bars.`
}
