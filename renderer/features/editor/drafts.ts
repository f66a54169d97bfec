/** The key under which the service keeps unsaved texts. */
export const draftsKey = 'editor.drafts'

/** Unsaved text by strategy, with the file's text it started from. */
export type Drafts = Readonly<Record<string, { readonly text: string; readonly base: string }>>

/** Stored drafts; whatever is malformed is dropped. */
export function readDrafts(stored: unknown): Drafts {
  if (typeof stored !== 'object' || stored === null) return {}
  const whole = Object.entries(stored).filter(
    ([, draft]) => typeof draft === 'object' && draft !== null && isText(draft.text) && isText(draft.base),
  )
  return Object.fromEntries(whole)
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

/** A file name for what the user typed: `Sma Cross` → `sma-cross.ts`; empty when nothing usable is left. */
export function strategyFileName(typed: string): string {
  const base = typed
    .trim()
    .replace(/\.ts$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 80)
  return base === '' ? '' : `${base}.ts`
}
