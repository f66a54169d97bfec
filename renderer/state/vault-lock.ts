import { create } from 'zustand'

/** Whether the window asks for the passphrase of the vault. */
export const useVaultLock = create<{ readonly isAsked: boolean }>()(() => ({ isAsked: false }))

/** True when something failed because the vault is locked: the window then asks for the passphrase. */
export function askIfLocked(error: unknown): boolean {
  const isLocked = typeof error === 'object' && error !== null && 'code' in error && error.code === 'vault.locked'
  if (isLocked) useVaultLock.setState({ isAsked: true })
  return isLocked
}
