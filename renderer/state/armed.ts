import { create } from 'zustand'

/** Whether orders may be given and moved with one gesture. Off at every start of the window. */
export const useArmed = create<{ readonly isArmed: boolean }>()(() => ({ isArmed: false }))
