/**
 * Secrets by name, encrypted at rest: passwords of stores and keys of venues. No implementation keeps one in plain
 * text. Fails with `vault.locked` when nobody gave the passphrase, `vault.wrong` when it is another one.
 */
export interface Vault {
  /** `keyring`: the system opens it; `new`: nobody has chosen a passphrase yet; else whether its passphrase was given. */
  state(): Promise<'keyring' | 'open' | 'locked' | 'new'>
  /** Gives the passphrase for the life of this process; a new vault gets it. Throws `vault.wrong`. */
  unlock(passphrase: string): Promise<void>
  /** Null when there is none. */
  get(name: string): Promise<string | null>
  /** Whether there is one; asks for no passphrase. */
  has(name: string): Promise<boolean>
  set(name: string, secret: string): Promise<void>
  /** False when there was none. */
  delete(name: string): Promise<boolean>
}
