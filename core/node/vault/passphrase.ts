import { readFileSync } from 'node:fs'

/**
 * The passphrase from the file descriptor that TICKWRIGHT_PASSPHRASE_FD names (never from an argument or a variable,
 * which other processes can read); null when none is given. Read once: a pipe gives it once.
 */
export function passphraseFrom(env: NodeJS.ProcessEnv): () => Promise<string | null> {
  let read: string | null | undefined
  return async () => {
    const descriptor = Number(env.TICKWRIGHT_PASSPHRASE_FD ?? Number.NaN)
    read ??= Number.isInteger(descriptor) ? readFileSync(descriptor, 'utf8').replace(/\r?\n$/, '') : null
    return read
  }
}
