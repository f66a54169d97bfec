import { Buffer } from 'node:buffer'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DomainError } from '../../domain/errors.ts'
import type { ReportFiles, ReportFilesPort } from '../../workstation/ports.ts'
import { zipOf } from './zip.ts'

/** Writes and packs the files of a report on this machine. `printPdf` is null where nothing can print a page. */
export function createReportFiles(printPdf: ReportFilesPort['printPdf']): ReportFilesPort {
  return {
    printPdf,
    async write(path, files) {
      const target = resolve(path)
      try {
        return { path: target, bytes: await written(target, files) }
      } catch (failure) {
        const { code, message } = failure as NodeJS.ErrnoException
        throw new DomainError('report.not-written', { path: target, reason: code ?? message })
      }
    },
    pack(files) {
      const content = onlyFile(files) ?? zipOf(files)
      const bytes = Buffer.from(content)
      return typeof content === 'string'
        ? { encoding: 'utf-8', content, bytes: bytes.length }
        : { encoding: 'base64', content: bytes.toString('base64'), bytes: bytes.length }
    },
  }
}

/** The one nameless file of a format that is one file. */
function onlyFile(files: ReportFiles): string | Uint8Array | undefined {
  return files['']
}

/** Several tables as one file: an archive, or under the name of a table's kind the round trips alone. */
function oneOf(files: ReportFiles, target: string): string | Uint8Array | undefined {
  return target.endsWith('.zip') ? zipOf(files) : target.endsWith('.csv') ? files['trades.csv'] : undefined
}

async function written(target: string, files: ReportFiles): Promise<number> {
  const single = onlyFile(files) ?? oneOf(files, target.toLowerCase())
  if (single !== undefined) {
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, single)
    return Buffer.byteLength(single)
  }
  await mkdir(target, { recursive: true })
  let bytes = 0
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(target, name), content)
    bytes += Buffer.byteLength(content)
  }
  return bytes
}
