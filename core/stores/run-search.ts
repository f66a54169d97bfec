import type { RunConfig } from './run-records.ts'

interface Searchable {
  readonly id: string
  readonly strategyName: string
  readonly config: RunConfig
  readonly note: string
}

/** The lower-case text in which a search looks; parameters read `fast=10`. */
export function runSearchText(run: Searchable): string {
  const params = Object.entries(run.config.params).map(([name, value]) => `${name}=${value}`)
  return [run.strategyName, ...run.config.instruments, run.config.interval, run.note, ...params, run.id]
    .join('\n')
    .toLowerCase()
}

/** The words that must all occur; none for an empty search. At most 16, so that a pasted page cannot become a query. */
export function searchWords(search: string): string[] {
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 16)
}
