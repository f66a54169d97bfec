/** A tag's value: blank, comma and = end it unless escaped; a backslash at its end would escape what follows. */
export function tagValue(text: string): string {
  const escaped = text.replace(/[ ,=]/g, (mark) => `\\${mark}`)
  return escaped.endsWith('\\') ? `${escaped}\\ ` : escaped
}

export function stringField(text: string): string {
  return `"${text.replace(/["\\]/g, (mark) => `\\${mark}`)}"`
}

/**
 * A field's number, always a float: `3i` would make the field an integer for ever. −0 keeps its sign. NaN and infinity
 * cannot be written.
 */
export function numberField(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Beginning of a line up to its fields. */
export function lineHead(measurement: string, tags: Readonly<Record<string, string>>): string {
  const written = Object.entries(tags).map(([name, value]) => `,${name}=${tagValue(value)}`)
  return `${measurement}${written.join('')} `
}
