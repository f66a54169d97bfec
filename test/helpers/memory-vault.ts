import type { Vault } from '../../core/stores/vault.ts'

/** A vault that forgets. */
export function memoryVault(): Vault {
  const held = new Map<string, string>()
  return {
    state: async () => 'keyring',
    unlock: async () => undefined,
    get: async (name) => held.get(name) ?? null,
    has: async (name) => held.has(name),
    set: async (name, secret) => void held.set(name, secret),
    delete: async (name) => held.delete(name),
  }
}
