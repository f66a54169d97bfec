import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { isDirty, useDocuments } from './documents.ts'

/** Saves unsaved text, then has the service check it. False when it could not be saved. */
export async function saveAndCheck(name: string): Promise<boolean> {
  const document = useDocuments.getState().documents[name]
  if (document === undefined) return true
  if (isDirty(document) && !(await useDocuments.getState().save(name))) return false
  void check(name)
  return true
}

/** What the service finds wrong with a saved strategy. */
export async function check(name: string): Promise<void> {
  try {
    const { problems } = await bridge().call('strategy.check', { strategy: { kind: 'saved', name } })
    useStore.getState().setProblems(name, problems)
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}
