import type { Takes } from '../../core/contract/contract.ts'
import { bridge } from '../bridge.ts'
import { useStore } from './store.ts'

/** Does something to orders of a live session; what went wrong is told to the user. */
export async function liveAct<Name extends 'live.move' | 'live.cancel' | 'live.flatten'>(
  name: Name,
  takes: Takes<Name>,
): Promise<void> {
  try {
    await bridge().call(name, takes)
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}
