import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { createSecureContext } from 'node:tls'

/** What a server needs to be reached from other machines: an address of this one, and a certificate. */
export interface Lan {
  /** Address to listen at, e.g. `192.168.1.5`, or `0.0.0.0` for all. */
  readonly host: string
  /** PEM, with the chain when there is one. */
  readonly cert: string
  readonly key: string
  /** Names under which it may be asked for: those of the certificate. */
  readonly names: readonly string[]
}

/**
 * Reads certificate and key. Throws an Error that says what is wrong: a file that cannot be read, a key that others may
 * read, one that does not belong to the certificate, a certificate that has ended or names nobody.
 */
export function readLan(host: string, certPath: string, keyPath: string, now: number): Lan {
  if (process.platform !== 'win32' && (statSync(keyPath).mode & 0o077) !== 0)
    throw new Error(`${keyPath} can be read by others: chmod 600 ${keyPath}`)
  const [cert, key] = [readFileSync(certPath, 'utf8'), readFileSync(keyPath, 'utf8')]
  const { subjectAltName = '', validTo } = new X509Certificate(cert)
  try {
    createSecureContext({ cert, key })
  } catch (failure) {
    throw new Error(`${keyPath} is not the key of ${certPath} (${(failure as Error).message})`)
  }
  if (Date.parse(validTo) <= now) throw new Error(`the certificate ended on ${validTo}`)
  const names = [...subjectAltName.matchAll(/(?:DNS|IP Address):([^,\s]+)/g)].map(([, name = '']) => name)
  if (names.length === 0) throw new Error(`${certPath} has no subjectAltName: browsers would refuse it`)
  return { host, cert, key, names }
}
