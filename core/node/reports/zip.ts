import { Buffer } from 'node:buffer'
import { crc32, deflateRawSync } from 'node:zlib'

/** 1980-01-01 as ZIP writes a day: the same files give the same bytes. */
const someDay = 0x21
const utf8Names = 0x0800
const deflated = 8

/** Files as a ZIP archive (PKWARE APPNOTE 6.3); names with `/` become folders. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const path = Buffer.from(name)
    const common = [words(20, utf8Names, deflated, 0, someDay), longs(crc32(bytes), packed.length, bytes.length)]
    const header = Buffer.concat([longs(0x04034b50), ...common, words(path.length, 0), path])
    directory.push(longs(0x02014b50), words(20), ...common, words(path.length, 0, 0, 0, 0), longs(0, offset), path)
    parts.push(header, packed)
    offset += header.length + packed.length
  }
  const count = Object.keys(files).length
  const listing = Buffer.concat(directory)
  const end = Buffer.concat([longs(0x06054b50), words(0, 0, count, count), longs(listing.length, offset), words(0)])
  return Buffer.concat([...parts, listing, end])
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [at, value] of values.entries()) bytes.writeUInt16LE(value, at * 2)
  return bytes
}

function longs(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value, at * 4)
  return bytes
}
