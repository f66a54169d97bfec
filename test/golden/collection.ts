import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { findRealData, syntheticFolder } from './reference-files.ts'

const folders = ['indicators', 'orders', 'analyzers', 'resample', 'filters', 'optimise', 'multi']
let asked: string | undefined

/** The folder that a run of the reference files was asked for; nothing above its collection is read for bars. */
export function readOnlyBelow(folder: string): void {
  asked = isCollection(dirname(folder)) ? dirname(folder) : folder
}

/** The folder whose other files may hold the bars that the file at `path` only names. */
export function collectionOf(path: string): string {
  const parent = dirname(dirname(path))
  if (isWithin(syntheticFolder, path)) return syntheticFolder
  return asked === undefined || isWithin(asked, parent) ? parent : asked
}

/** A file like `market/equity/ibm.csv`: of the nearest folder above `path`, else of the collection of this machine. */
export function findMarketFile(file: string, path: string): string | undefined {
  return findAbove(file, path) ?? fromThisMachine(file)
}

/**
 * A file of the nearest folder above `path` that has it. Series that a case calls by a mere name are looked for no
 * further: another collection may use the name for other bars.
 */
export function findAbove(file: string, path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, file))) return join(folder, file)
    if (dirname(folder) === folder) return undefined
  }
}

/** The file in the collection of real data of this machine, if it has one. */
function fromThisMachine(file: string): string | undefined {
  const real = findRealData()
  const found = real.present ? join(real.folder, '..', file) : ''
  return existsSync(found) ? found : undefined
}

function isCollection(folder: string): boolean {
  return (
    existsSync(join(folder, 'manifest.json')) || folders.filter((name) => existsSync(join(folder, name))).length > 1
  )
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way.startsWith('..') || way.startsWith('/'))
}
