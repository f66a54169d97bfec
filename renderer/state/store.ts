import { create } from 'zustand'
import { type CatalogueState, catalogueSlice } from './catalogue-slice.ts'
import { type NoticeState, noticeSlice } from './notice-slice.ts'
import { type PreferenceState, preferenceSlice } from './preference-slice.ts'
import { type WorkspaceState, workspaceSlice } from './workspace-slice.ts'

/** Everything more than one panel knows: a replica of the service's catalogue, what is selected, and how it is shown. */
export type State = WorkspaceState & CatalogueState & PreferenceState & NoticeState

/** The one store of a window. Read with a selector: `useStore((state) => state.instrument)`. */
export const useStore = create<State>()((...api) => ({
  ...workspaceSlice(...api),
  ...catalogueSlice(...api),
  ...preferenceSlice(...api),
  ...noticeSlice(...api),
}))

/** The record of an instrument; undefined when none is selected or it is unknown. */
export function useInstrument(id: string | null) {
  return useStore((state) => (id === null ? undefined : state.instruments.find((record) => record.id === id)))
}
