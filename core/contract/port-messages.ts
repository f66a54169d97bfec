import type { WireError } from './wire-error.ts'

/**
 * What travels over the MessagePort between the service's host and one window.
 * Columns are cut into parts because one message of hundreds of megabytes is silently lost (06, 1.2):
 *
 *   columns(token, name, length, offset, part) …  → columns-end(token)      topic(name, payload)
 */
export type PortMessage =
  | {
      readonly kind: 'columns'
      readonly token: number
      readonly name: string
      /** Values of the whole column. */
      readonly length: number
      /** Index of the part's first value. */
      readonly offset: number
      readonly part: Float64Array
    }
  | { readonly kind: 'columns-end'; readonly token: number }
  | { readonly kind: 'topic'; readonly name: string; readonly payload: unknown }

/** Values in one part: 4 MB. */
export const partLength = 524_288

/** What an invoked method answers: the reply, and the token under which its columns arrive (0 = none). */
export type MethodAnswer =
  | { readonly ok: true; readonly reply: unknown; readonly columns: number }
  | { readonly ok: false; readonly error: WireError }

/** `window.tickwright`: one named function per request, nothing generic. */
export interface PreloadApi {
  readonly requests: Readonly<Record<string, (takes: unknown) => Promise<MethodAnswer>>>
  /** Path of a file (a DOM `File`) that the user dropped or picked. */
  pathOf(file: object): string
}

/** Text with which the preload hands the port to the page. */
export const portTag = 'tickwright:port'
