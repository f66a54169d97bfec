import type { Vault } from '../../stores/vault.ts'
import type { CurveKeys, WirePublisher } from './wire-publisher.ts'

// Loaded when they are first asked for: ZeroMQ is a native library

/** The key pair of a data folder; see wireKeys. */
export async function keysOf(vault: Vault): Promise<CurveKeys> {
  return (await import('./wire-keys.ts')).wireKeys(vault)
}

/** Opens the wire of a blotter: encrypted, with this folder's keys, when it is said who may hear it. */
export async function openWire(
  {
    host,
    port,
    allowed,
  }: { readonly host: string; readonly port: number; readonly allowed?: readonly string[] | undefined },
  vault: Vault,
): Promise<WirePublisher> {
  const { openWirePublisher } = await import('./wire-publisher.ts')
  const curve = allowed === undefined ? {} : { curve: { keys: await keysOf(vault), allowed } }
  return openWirePublisher({ host, port, ...curve }, Date.now)
}
