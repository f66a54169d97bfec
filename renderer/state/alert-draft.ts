import { create } from 'zustand'
import { useStore } from './store.ts'

/** A condition that another part of the window wants an alert on; null: none. */
export const useAlertDraft = create<{ readonly condition: string | null }>()(() => ({ condition: null }))

/** Opens the alert dialog with a condition in the notation of docs/alerts.md. */
export function draftAlert(condition: string): void {
  useAlertDraft.setState({ condition })
  useStore.getState().openPanel('alerts')
}
