import type { StateCreator } from 'zustand'
import type { State } from './store.ts'

/** A part of the state with its actions; it may read and set the whole. */
export type Slice<Part> = StateCreator<State, [], [], Part>
