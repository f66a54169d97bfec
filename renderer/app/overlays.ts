import { create } from 'zustand'

/** What can lie above the workspace. */
export type Overlay = 'palette' | 'shortcuts' | 'welcome'

interface OverlayState {
  readonly open: Overlay | null
  show(overlay: Overlay): void
  hide(): void
}

/** The one overlay that is open. */
export const useOverlays = create<OverlayState>()((set) => ({
  open: null,
  show: (open) => set({ open }),
  hide: () => set({ open: null }),
}))
