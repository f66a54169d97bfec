/** What JSON can say. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** Small JSON values by key: layout, theme, language, recipes. */
export interface SettingsStore {
  /** Null when nothing is stored under the key. */
  get(key: string): Promise<JsonValue | null>
  set(key: string, value: JsonValue): Promise<void>
  /** False when there was none. */
  delete(key: string): Promise<boolean>
}
