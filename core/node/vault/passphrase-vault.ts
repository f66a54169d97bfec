import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DomainError } from '../../domain/errors.ts'
import type { Vault } from '../../stores/vault.ts'

export type { Vault } from '../../stores/vault.ts'

interface Sealed {
  readonly iv: string
  readonly tag: string
  readonly data: string
}

interface VaultFile {
  readonly version: 1
  readonly salt: string
  /** Opens only with the right passphrase: a vault never holds secrets of two. */
  readonly check: Sealed
  readonly entries: Readonly<Record<string, Sealed>>
}

/** 128 MiB and about half a second a try: 06 section 2.1. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 }
const checkName = 'check'

/**
 * Secrets in one file (mode 0600), AES-256-GCM under a key from a passphrase (scrypt, N = 2^17). `passphrase` is asked
 * when a secret is first needed; null: nobody can be asked, and the vault is locked.
 */
export function createPassphraseVault(path: string, passphrase: () => Promise<string | null>): Vault {
  let key: Promise<Buffer> | null = null
  const unlock = (file: VaultFile | null, salt: Buffer): Promise<Buffer> => {
    key ??= unlockWith(file, salt, passphrase)
    // A wrong passphrase may be typed again.
    key.catch(() => {
      key = null
    })
    return key
  }
  return {
    async state() {
      if (key !== null) return 'open'
      return readVault(path) === null ? 'new' : 'locked'
    },
    async unlock(given) {
      const file = readVault(path)
      const salt = file === null ? randomBytes(16) : Buffer.from(file.salt, 'base64')
      const opened = await unlockWith(file, salt, async () => given)
      const check = file?.check ?? seal(opened, checkName, checkName)
      if (file === null) writeVault(path, { version: 1, salt: salt.toString('base64'), check, entries: {} })
      key = Promise.resolve(opened)
    },
    async get(name) {
      const file = readVault(path)
      const sealed = file?.entries[name]
      if (file === null || sealed === undefined) return null
      return open(await unlock(file, Buffer.from(file.salt, 'base64')), name, sealed)
    },
    has: async (name) => readVault(path)?.entries[name] !== undefined,
    async set(name, secret) {
      const file = readVault(path)
      const salt = file === null ? randomBytes(16) : Buffer.from(file.salt, 'base64')
      const secretKey = await unlock(file, salt)
      const check = file?.check ?? seal(secretKey, checkName, checkName)
      const entries = { ...file?.entries, [name]: seal(secretKey, name, secret) }
      writeVault(path, { version: 1, salt: salt.toString('base64'), check, entries })
    },
    async delete(name) {
      const file = readVault(path)
      if (file === null || !(name in file.entries)) return false
      const entries = Object.fromEntries(Object.entries(file.entries).filter(([other]) => other !== name))
      writeVault(path, { ...file, entries })
      return true
    },
  }
}

async function unlockWith(file: VaultFile | null, salt: Buffer, ask: () => Promise<string | null>): Promise<Buffer> {
  const passphrase = await ask()
  if (passphrase === null || passphrase === '') throw new DomainError('vault.locked')
  const key = await new Promise<Buffer>((resolve, reject) =>
    scrypt(passphrase, salt, 32, cost, (failure, derived) => (failure ? reject(failure) : resolve(derived))),
  )
  if (file !== null) open(key, checkName, file.check)
  return key
}

/** The name is bound to the secret: entries cannot be exchanged in the file. */
function seal(key: Buffer, name: string, secret: string): Sealed {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name))
  const data = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') }
}

function open(key: Buffer, name: string, { iv, tag, data }: Sealed): string {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64')).setAAD(Buffer.from(name))
  decipher.setAuthTag(Buffer.from(tag, 'base64'))
  try {
    return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8')
  } catch {
    throw new DomainError('vault.wrong')
  }
}

function readVault(path: string): VaultFile | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as VaultFile) : null
}

/** The old file or the new, never half of one. */
function writeVault(path: string, file: VaultFile): void {
  mkdirSync(dirname(path), { recursive: true })
  const next = `${path}.${process.pid}`
  writeFileSync(next, JSON.stringify(file), { mode: 0o600 })
  renameSync(next, path)
}
