import { defaultFilter } from 'cmdk'

/**
 * How well a command fits what was typed, 0…1; 0 is not shown. Its title (the first keyword) counts before other words;
 * words in the order typed before any order, beginnings of words before parts of words, and letters scattered over the
 * title only last, so that a near miss never outranks a hit.
 */
export function matchScore(_: string, typed: string, keywords: readonly string[] = []): number {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const [title = '', ...others] = keywords.map((keyword) => keyword.toLowerCase())
  const all = [title, ...others].join(' ')
  const phrase = wanted.join(' ')
  if (title.startsWith(phrase)) return 1
  if (startsWord(title, phrase)) return 0.95
  if (wanted.every((word) => startsWord(title, word))) return 0.9
  if (wanted.every((word) => startsWord(all, word))) return 0.8
  if (wanted.every((word) => all.includes(word))) return 0.6
  return defaultFilter(title, typed) * 0.2
}

function startsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true
  }
  return false
}
