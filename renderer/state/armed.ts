import { create } from 'zustand'

/** What trading by hand shares between ticket and chart. */
interface Armed {
  /** Whether orders may be given and moved with one gesture. Off at every start of the window. */
  readonly isArmed: boolean
  /** Units that the ticket last held; null: a lot. */
  readonly quantity: number | null
}

export const useArmed = create<Armed>()(() => ({ isArmed: false, quantity: null }))
