import { create } from 'zustand'
import { useStore } from './store.ts'

/** Where the editor was asked to go. */
export type EditorTarget =
  | { readonly kind: 'place'; readonly strategy: string; readonly line: number; readonly column: number }
  /** The code that a stored run used, read-only. */
  | { readonly kind: 'run'; readonly run: string }
  /** The code of two runs side by side. */
  | { readonly kind: 'diff'; readonly a: string; readonly b: string }

interface EditorRequestState {
  /** `sequence` grows, so that a repeated wish is heard. */
  readonly request: { readonly target: EditorTarget; readonly sequence: number } | null
}

/** The last wish of another panel to see something in the editor. */
export const useEditorRequest = create<EditorRequestState>()(() => ({ request: null }))

function request(target: EditorTarget): void {
  useEditorRequest.setState(({ request: last }) => ({ request: { target, sequence: (last?.sequence ?? 0) + 1 } }))
}

/** Brings the editor forward at a place (1-based) of a strategy. */
export function openPlace(strategy: string, line: number, column: number): void {
  request({ kind: 'place', strategy, line, column })
  useStore.getState().openStrategy(strategy)
}

/** Brings the editor forward with the code of a run. */
export function openRunCode(run: string): void {
  request({ kind: 'run', run })
  useStore.getState().openPanel('editor')
}

/** Brings the editor forward with what differs between the code of two runs. */
export function openCodeDiff(a: string, b: string): void {
  request({ kind: 'diff', a, b })
  useStore.getState().openPanel('editor')
}
