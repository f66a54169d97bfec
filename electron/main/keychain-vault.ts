import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { safeStorage } from 'electron'
import { passphraseFrom } from '../../core/node/vault/passphrase.ts'
import { createPassphraseVault, type Vault } from '../../core/node/vault/passphrase-vault.ts'

/** Secrets under the key that the system keeps for this user; where it keeps none, under a passphrase. */
export function createVault(home: string): Vault {
  return isEncrypting()
    ? createKeychainVault(join(home, 'keychain.json'))
    : createPassphraseVault(join(home, 'vault.json'), passphraseFrom(process.env))
}

/** Linux without a keyring would only obscure secrets with a fixed password. */
function isEncrypting(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}

function createKeychainVault(path: string): Vault {
  const read = () => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {})
  const write = (entries: Record<string, string>) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(entries), { mode: 0o600 })
    renameSync(`${path}.${process.pid}`, path)
  }
  return {
    state: async () => 'keyring',
    unlock: async () => undefined,
    async get(name) {
      const sealed = read()[name]
      return sealed === undefined ? null : safeStorage.decryptString(Buffer.from(sealed, 'base64'))
    },
    has: async (name) => read()[name] !== undefined,
    async set(name, secret) {
      write({ ...read(), [name]: safeStorage.encryptString(secret).toString('base64') })
    },
    async delete(name) {
      const { [name]: sealed, ...rest } = read()
      if (sealed !== undefined) write(rest)
      return sealed !== undefined
    },
  }
}
