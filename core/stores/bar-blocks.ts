import { type BarSeries, barColumnNames } from '../domain/bar-series.ts'
import type { Sha256 } from './stores.ts'

/** Bars in one block. Part of the definition of `seriesHash`: changing it changes every hash. */
export const blockBars = 4096

/** Columns in a block, in the order of `barColumnNames`. */
export const blockColumns = barColumnNames.length

export function blockCount(bars: number): number {
  return Math.ceil(bars / blockBars)
}

export function createBlockScratch(): Float64Array<ArrayBuffer> {
  return new Float64Array(blockBars * blockColumns)
}

/**
 * Makes every NaN the same NaN. Compiled code may give 0/0 another bit pattern than the literal (x86 sets the sign),
 * and a hash must not depend on which of the two an importer happened to produce.
 */
export function canonicalizeNaN(values: Float64Array): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number
    if (!Number.isNaN(value)) continue
    words[index * 2] = 0
    words[index * 2 + 1] = 0x7ff80000
  }
}

/**
 * Block `block` of the series as one array, column after column, NaN made canonical: what is hashed and stored.
 * It lies at the start of `scratch` (at least `blockBars * blockColumns` long) and is valid until that is used again.
 */
export function packBlock(bars: BarSeries, block: number, scratch = createBlockScratch()): Float64Array<ArrayBuffer> {
  const from = block * blockBars
  const length = Math.min(blockBars, bars.length - from)
  const packed = scratch.subarray(0, length * blockColumns)
  for (const [index, name] of barColumnNames.entries()) {
    packed.set(bars[name].subarray(from, from + length), index * length)
  }
  canonicalizeNaN(packed)
  return packed
}

/** Puts a packed block into the series at bar `at`. */
export function unpackBlock(packed: Float64Array, bars: BarSeries, at: number): void {
  const length = packed.length / blockColumns
  for (const [index, name] of barColumnNames.entries()) {
    bars[name].set(packed.subarray(index * length, (index + 1) * length), at)
  }
}

/** The bytes of an array whose buffer is its own; every supported platform is little-endian. */
export function bytesOf(values: Float64Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** Hash of a series from the hashes of its blocks: SHA-256 over their hex texts, joined. */
export function hashOfBlocks(hashes: readonly string[], sha256: Sha256): string {
  const bytes = new Uint8Array(hashes.length * 64)
  for (const [index, hash] of hashes.entries()) {
    for (let at = 0; at < hash.length; at++) bytes[index * 64 + at] = hash.charCodeAt(at)
  }
  return sha256(bytes)
}

/**
 * Content hash of a series: SHA-256 over the SHA-256 of each block of 4096 bars, a block being its eight columns
 * (order of `barColumnNames`) as little-endian doubles with one NaN. It depends on the bars alone, never on how they
 * were written, and appending costs only the last block.
 */
export function seriesHash(bars: BarSeries, sha256: Sha256): string {
  const hashes: string[] = []
  const scratch = createBlockScratch()
  for (let block = 0; block < blockCount(bars.length); block++) {
    hashes.push(sha256(bytesOf(packBlock(bars, block, scratch))))
  }
  return hashOfBlocks(hashes, sha256)
}
