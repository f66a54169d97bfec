import { constants, createReadStream } from 'node:fs'
import { access, open, stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { DomainError } from '../../domain/errors.ts'
import type { ImportRecipe } from '../../workstation/ports.ts'

export type TextEncoding = ImportRecipe['encoding']

/** A file that exists and can be read. `bytes` is its size on disk. */
export interface TextFile {
  readonly path: string
  readonly bytes: number
  readonly gzip: boolean
  /** Parquet: read as the text that a CSV file of the same content has. */
  readonly parquet: boolean
}

const pieceBytes = 1_048_576

/** Throws `import.file-missing`, `import.file-unreadable` or `import.empty`. */
export async function openTextFile(path: string): Promise<TextFile> {
  const info = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const code = cause.code === 'ENOENT' || cause.code === 'ENOTDIR' ? 'import.file-missing' : 'import.file-unreadable'
    throw new DomainError(code, { path, reason: cause.code ?? cause.message }, { cause })
  })
  if (!info.isFile()) throw new DomainError('import.file-unreadable', { path, reason: 'not-a-file' })
  if (info.size === 0) throw new DomainError('import.empty', { path })
  await access(path, constants.R_OK).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(path, cause)
  })
  const handle = await open(path)
  try {
    const magic = new Uint8Array(4)
    await handle.read(magic, 0, 4, 0)
    if (magic[0] === 0x50 && magic[1] === 0x4b && magic[2] === 3) {
      throw new DomainError('import.unsupported', { path, reason: 'zip' })
    }
    const parquet = String.fromCharCode(...magic) === 'PAR1'
    return { path, bytes: info.size, gzip: magic[0] === 0x1f && magic[1] === 0x8b, parquet }
  } finally {
    await handle.close()
  }
}

function unreadable(path: string, cause: NodeJS.ErrnoException): DomainError {
  return new DomainError('import.file-unreadable', { path, reason: cause.code ?? cause.message }, { cause })
}

/** The unpacked bytes in pieces; `onBytes` tells how far the file on disk has been read. */
export async function* rawPieces(file: TextFile, onBytes: (done: number) => void = () => undefined) {
  if (file.parquet) {
    // Loaded when the first such file comes
    const { parquetPieces } = await import('./parquet-text.ts')
    yield* parquetPieces(file.path, (share) => onBytes(Math.round(share * file.bytes)))
    return
  }
  const source = createReadStream(file.path, { highWaterMark: pieceBytes })
  const unpacked = file.gzip ? source.pipe(createGunzip({ chunkSize: pieceBytes })) : source
  source.on('error', (failure) => unpacked.destroy(failure))
  try {
    for await (const piece of unpacked) {
      onBytes(source.bytesRead)
      yield piece as Uint8Array
    }
  } catch (cause) {
    if (cause instanceof DomainError) throw cause
    throw unreadable(file.path, cause as NodeJS.ErrnoException)
  } finally {
    source.destroy()
  }
}

/** The text in pieces of UTF-8, whatever it was written in. */
export async function* utf8Pieces(file: TextFile, encoding: TextEncoding, onBytes: (done: number) => void) {
  if (encoding === 'utf-8') {
    yield* rawPieces(file, onBytes)
    return
  }
  const decoder = new TextDecoder(encoding)
  const encoder = new TextEncoder()
  for await (const piece of rawPieces(file, onBytes)) yield encoder.encode(decoder.decode(piece, { stream: true }))
  yield encoder.encode(decoder.decode())
}

export interface FileHead {
  readonly bytes: Uint8Array
  /** The head is the whole file. */
  readonly whole: boolean
}

/** The first `limit` unpacked bytes. */
export async function readHead(file: TextFile, limit: number): Promise<FileHead> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of rawPieces(file)) {
    pieces.push(piece)
    size += piece.length
    if (size > limit) break
  }
  const bytes = Buffer.concat(pieces)
  return { bytes: bytes.subarray(0, limit), whole: size <= limit }
}

/** Guesses an encoding from a file's head. Throws `import.file-unreadable` for what is not text. */
export function inferEncoding({ bytes, whole }: FileHead, path: string): TextEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  const zeros = bytes.subarray(0, 4_096).filter((byte) => byte === 0).length
  if (zeros > 0) {
    if (zeros >= Math.min(bytes.length, 4_096) * 0.3 && bytes[1] === 0) return 'utf-16le'
    if (zeros >= Math.min(bytes.length, 4_096) * 0.1)
      throw new DomainError('import.file-unreadable', { path, reason: 'not-text' })
  }
  if (decodes(bytes, 'utf-8', whole)) return 'utf-8'
  return decodes(bytes, 'gbk', whole) ? 'gbk' : 'latin1'
}

function decodes(bytes: Uint8Array, encoding: string, whole: boolean): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !whole })
    return true
  } catch {
    return false
  }
}

/** The whole text of a file, whatever it was written in. */
export async function wholeText(path: string): Promise<string> {
  const file = await openTextFile(path)
  const encoding = inferEncoding(await readHead(file, pieceBytes), path)
  const pieces: Uint8Array[] = []
  for await (const piece of rawPieces(file)) pieces.push(piece)
  return new TextDecoder(encoding).decode(Buffer.concat(pieces))
}

/** Text of one part: some hundred thousand lines. */
const partChars = 16 * pieceBytes

/** The text of a file in parts of whole lines, whatever it was written in. */
export async function* textParts(path: string): AsyncGenerator<string> {
  const file = await openTextFile(path)
  const decoder = new TextDecoder(inferEncoding(await readHead(file, pieceBytes), path))
  let text = ''
  for await (const piece of rawPieces(file)) {
    text += decoder.decode(piece, { stream: true })
    if (text.length < partChars) continue
    const end = text.lastIndexOf('\n') + 1
    if (end === 0) continue
    yield text.slice(0, end)
    text = text.slice(end)
  }
  text += decoder.decode()
  if (text !== '') yield text
}
