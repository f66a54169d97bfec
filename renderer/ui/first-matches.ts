/** So many entries a list draws at once: more are found by typing. */
export const drawnEntries = 200

/** The entries to draw: all of a short list; of a long one the first whose text has every word that was typed. */
export function firstMatches<Entry>(
  entries: readonly Entry[],
  typed: string,
  text: (entry: Entry) => string,
): readonly Entry[] {
  if (entries.length <= drawnEntries) return entries
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const matches: Entry[] = []
  for (const entry of entries) {
    const searched = text(entry).toLowerCase()
    if (words.every((word) => searched.includes(word))) matches.push(entry)
    if (matches.length === drawnEntries) break
  }
  return matches
}
