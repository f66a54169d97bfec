import { create } from 'zustand'
import { catalogueSlice } from './catalogue-slice.ts'
import { noticeSlice } from './notice-slice.ts'
import { preferenceSlice } from './preference-slice.ts'
import type { State } from './state.ts'
import { workspaceSlice } from './workspace-slice.ts'

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
