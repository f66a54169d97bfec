import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { DomainError } from '../../domain/errors.ts'
import {
  createMarketColumns,
  type MarketColumnList,
  marketColumnNames,
  type SeriesKind,
} from '../../domain/market-columns.ts'
import type { ArchivePart, ArchivePort } from '../../stores/archive/archive-port.ts'
import type { SettingsStore } from '../../stores/settings-store.ts'
import type { TableExportPort } from '../../workstation/export-port.ts'

const settingKey = 'archive'

interface ArchivePlace {
  /** The archive's folder. */
  readonly folder: string
  /** Where the catalogue stands: beside the rows that it speaks of. */
  readonly settings: SettingsStore
  readonly tables: TableExportPort
}

/** Parquet files (zstd) that DuckDB, pandas and others read: columns as they are stored, `time` as a timestamp where it is whole. */
export function createArchiveFiles({ folder, settings, tables }: ArchivePlace): ArchivePort {
  const pathOf = (file: string) => join(folder, ...file.split('/'))
  return {
    list: async () => ((await settings.get(settingKey)) ?? []) as unknown as ArchivePart[],
    save: (parts) => settings.set(settingKey, JSON.parse(JSON.stringify(parts))),
    async write(file, kind, columns) {
      const path = pathOf(file)
      await mkdir(dirname(path), { recursive: true })
      const names = marketColumnNames[kind]
      const { bytes } = await tables.write(
        path,
        columns.map((values, index) => ({ name: names[index] ?? '', kind: index === 0 ? 'time' : 'number', values })),
      )
      await flushFolder(dirname(path))
      return { bytes, sha256: await hashOf(path) }
    },
    async read(part) {
      const { file } = part
      try {
        return await readColumns(await readFile(pathOf(file)), part)
      } catch (cause) {
        throw new DomainError('archive.damaged', { file: pathOf(file), reason: (cause as Error).message }, { cause })
      }
    },
    async check({ file, bytes, sha256 }) {
      const facts = await stat(pathOf(file)).catch(() => null)
      if (facts === null) return 'missing'
      if (facts.size !== bytes) return `${facts.size} bytes, not ${bytes}`
      return (await hashOf(pathOf(file))) === sha256 ? null : 'changed since it was archived'
    },
    remove: (file) => rm(pathOf(file), { force: true }),
    setAside: (file) => rename(pathOf(file), `${pathOf(file)}.damaged`).catch(() => undefined),
  }
}

/** The name of a new file is on disk before the catalogue speaks of it. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest('hex')
}

interface Written {
  readonly kind: SeriesKind
  readonly rows: number
  readonly sha256: string
}

async function readColumns(bytes: Buffer, { kind, rows, sha256 }: Written): Promise<MarketColumnList> {
  // Compressed pages have no checksum of their own: a changed byte could be read as other prices
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error('changed since it was archived')
  // Loaded when the first archived row is read
  const { parquetMetadata, parquetRead } = await import('hyparquet')
  const file = new Uint8Array(bytes).buffer
  const metadata = parquetMetadata(file)
  if (Number(metadata.num_rows) !== rows) throw new Error(`${metadata.num_rows} rows, not ${rows}`)
  const columns = createMarketColumns(kind, rows)
  const names: readonly string[] = marketColumnNames[kind]
  await parquetRead({
    ...{ file, metadata, columns: [...names], parsers: { timestampFromMilliseconds: Number } },
    compressors: { ZSTD: (input: Uint8Array) => new Uint8Array(zstdDecompressSync(input)) },
    onChunk({ columnName, columnData, rowStart }) {
      const column = columns[names.indexOf(columnName)]
      if (column === undefined) return
      for (let row = 0; row < columnData.length; row++) column[rowStart + row] = Number(columnData[row])
    },
  })
  return columns
}
