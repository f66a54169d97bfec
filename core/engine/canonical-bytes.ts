/** Named columns as bytes that are the same on every host: name, length, then little-endian doubles with one NaN. */
export function canonicalBytes(columns: readonly (readonly [string, Float64Array])[]): Uint8Array<ArrayBuffer> {
  const size = columns.reduce((sum, [name, values]) => sum + 8 + name.length + values.length * 8, 0)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  let offset = 0
  for (const [name, values] of columns) {
    view.setUint32(offset, name.length, true)
    view.setUint32(offset + 4, values.length, true)
    offset += 8
    for (let k = 0; k < name.length; k++) bytes[offset++] = name.charCodeAt(k)
    for (const value of values) {
      view.setFloat64(offset, Number.isNaN(value) ? Number.NaN : value, true)
      offset += 8
    }
  }
  return bytes
}
