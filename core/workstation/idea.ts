/** A strategy on some data: what counts trials together. */
export function ideaOf(
  entry: string,
  data: readonly { readonly instrument: string; readonly interval: string }[],
): string {
  const uses = data.map(({ instrument, interval }) => `${instrument} ${interval}`)
  return `${entry} · ${uses.sort().join(', ')}`
}
