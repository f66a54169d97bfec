/** A compiled strategy: what was read, and one text that an engine host can load. */
export interface CompiledStrategy {
  readonly entry: string
  readonly sources: Readonly<Record<string, string>>
  readonly code: string
  readonly map: string
  readonly codeHash: string
}
