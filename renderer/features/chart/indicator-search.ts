import { matchScore } from '../../ui/match-score.ts'
import type { CatalogueEntry } from './use-indicators.ts'

/** What a user keeps at hand; ids. */
export interface IndicatorShelf {
  /** Newest first. */
  readonly recent: readonly string[]
  readonly favourites: readonly string[]
}

export const emptyShelf: IndicatorShelf = { recent: [], favourites: [] }

/** Entries under one heading: `favourites`, `recent`, the name of a family, or `found` for what was typed. */
export interface IndicatorSection {
  readonly heading: string
  readonly entries: readonly CatalogueEntry[]
}

export interface IndicatorQuery {
  readonly typed: string
  /** Empty: every family. */
  readonly family: string
  readonly language: 'en' | 'zh'
}

/** Best match first when something was typed; else what is at hand, then family by family. An entry appears once. */
export function findIndicators(
  catalogue: readonly CatalogueEntry[],
  { typed, family, language }: IndicatorQuery,
  shelf: IndicatorShelf,
): readonly IndicatorSection[] {
  const entries = family === '' ? catalogue : catalogue.filter(({ group }) => group === family)
  if (typed.trim() !== '') return withoutEmpty([{ heading: 'found', entries: ranked(entries, typed, language) }])
  const named = (ids: readonly string[]) => ids.flatMap((id) => entries.filter((entry) => entry.id === id))
  const favourites = named(shelf.favourites)
  const recent = named(shelf.recent).filter((entry) => !favourites.includes(entry))
  const rest = entries.filter((entry) => !favourites.includes(entry) && !recent.includes(entry))
  const families = familiesOf(rest).map((heading) => ({
    heading,
    entries: rest.filter(({ group }) => group === heading),
  }))
  return withoutEmpty([
    { heading: 'favourites', entries: favourites },
    { heading: 'recent', entries: recent },
    ...families,
  ])
}

/** The families that occur, in the order of the catalogue. */
export function familiesOf(catalogue: readonly CatalogueEntry[]): readonly string[] {
  return [...new Set(catalogue.map(({ group }) => group))]
}

function ranked(entries: readonly CatalogueEntry[], typed: string, language: 'en' | 'zh'): readonly CatalogueEntry[] {
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, typed, language) }))
    .filter(({ score }) => score > 0.1)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry)
}

/** An exact name, ours or another system's, comes before everything; then titles, then other words. */
function scoreOf(entry: CatalogueEntry, typed: string, language: 'en' | 'zh'): number {
  const wanted = typed.trim().toLowerCase()
  const names = [entry.id, ...Object.values(entry.aliases).flat()].map((name) => name.toLowerCase())
  if (entry.id === wanted) return 3
  if (names.includes(wanted)) return 2
  const other = language === 'en' ? entry.title.zh : entry.title.en
  return matchScore('', typed, [entry.title[language], other, ...names])
}

function withoutEmpty(sections: readonly IndicatorSection[]): readonly IndicatorSection[] {
  return sections.filter(({ entries }) => entries.length > 0)
}

const keptRecent = 8

/** The shelf after an indicator was put on a chart. */
export function withRecent(shelf: IndicatorShelf, id: string): IndicatorShelf {
  return { ...shelf, recent: [id, ...shelf.recent.filter((each) => each !== id)].slice(0, keptRecent) }
}

/** The shelf with an indicator added to the favourites, or taken away when it is one. */
export function withFavourite(shelf: IndicatorShelf, id: string): IndicatorShelf {
  const { favourites } = shelf
  return {
    ...shelf,
    favourites: favourites.includes(id) ? favourites.filter((each) => each !== id) : [...favourites, id],
  }
}

/** A stored shelf; whatever cannot be read is left out. */
export function readShelf(stored: unknown): IndicatorShelf {
  const { recent, favourites } = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<
    Record<keyof IndicatorShelf, unknown>
  >
  return { recent: texts(recent), favourites: texts(favourites) }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}
