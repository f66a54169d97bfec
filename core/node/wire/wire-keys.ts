import { curveKeyPair } from 'zeromq'
import { z } from 'zod'
import type { Vault } from '../../stores/vault.ts'
import type { CurveKeys } from './wire-publisher.ts'

const name = 'wire.keys'
const stored = z.strictObject({ publicKey: z.string().length(40), secretKey: z.string().length(40) })

/** This data folder's own pair of CURVE keys, made when it is first asked for; it stays in the vault. Fails as the vault does. */
export async function wireKeys(vault: Vault): Promise<CurveKeys> {
  const kept = await vault.get(name)
  if (kept !== null) return stored.parse(JSON.parse(kept))
  const { publicKey, secretKey } = curveKeyPair()
  await vault.set(name, JSON.stringify({ publicKey, secretKey }))
  return { publicKey, secretKey }
}
