import { dirname, relative, resolve } from 'node:path'
import { readOnlyBelow } from '../collection.ts'
import { findReferenceFiles } from './files.ts'
import { checkFile } from './kinds.ts'
import { createReport } from './report.ts'

/**
 * `npm run reference -- DIR [--list]`: runs every case of every known format below DIR (JSON, plain or gzip) and prints
 * passed, failed and not yet supported per kind; 0 only if every case passed or is a listed exclusion. A file's kind is
 * read from its content, never from its name.
 */
function main(words: readonly string[]): number {
  const folder = words.find((word) => !word.startsWith('-'))
  if (folder === undefined) {
    process.stderr.write('Usage: npm run reference -- DIR [--list]\n')
    return 2
  }
  const root = resolve(folder)
  const files = findReferenceFiles(root)
  if (files.length === 0) {
    process.stderr.write(`No .json or .json.gz file below ${root}\n`)
    return 2
  }
  readOnlyBelow(files.includes(root) ? dirname(root) : root)
  const report = createReport()
  for (const file of files) report.add(relative(root, file), checkFile(file))
  process.stdout.write(report.text(words.includes('--list')))
  if (report.cases > 0) return report.failed === 0 ? 0 : 1
  process.stderr.write(`No file below ${root} holds a case of a known format\n`)
  return 2
}

process.exitCode = main(process.argv.slice(2))
