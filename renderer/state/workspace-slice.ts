import { preferredInterval } from './intervals.ts'
import type { Slice } from './slice.ts'
import type { Focus, PanelId, Place } from './types.ts'

/** What the panels look at together. */
export interface WorkspaceState {
  instrument: string | null
  interval: string
  run: string | null
  compareRun: string | null
  strategy: string | null
  focus: Focus | null
  /** The last wish to see a panel; `sequence` grows so that a repeated wish is heard. */
  panelRequest: { readonly panel: PanelId; readonly sequence: number } | null
  /** Selects an instrument; the interval follows when the new one has nothing that can show the present one. */
  selectInstrument(id: string | null): void
  selectInterval(interval: string): void
  /** Selects a run and brings the report forward; null only clears. */
  openRun(run: string | null): void
  /** Selects a run without bringing any panel forward. */
  selectRun(run: string | null): void
  compareWith(run: string | null): void
  openStrategy(name: string | null): void
  /** A place in a strategy's text that the editor should show; `sequence` grows so that a repeated wish is heard. */
  place: (Place & { readonly sequence: number }) | null
  /** Brings the editor forward at a line and column, both 1-based. */
  openPlace(place: Place): void
  /** Brings the chart forward at a moment of an instrument. */
  goTo(focus: Focus | null): void
  openPanel(panel: PanelId): void
}

let panelSequence = 0

function request(panel: PanelId): { panelRequest: NonNullable<WorkspaceState['panelRequest']> } {
  panelSequence += 1
  return { panelRequest: { panel, sequence: panelSequence } }
}

/** Selection and navigation. */
export const workspaceSlice: Slice<WorkspaceState> = (set, get) => ({
  instrument: null,
  interval: '1d',
  run: null,
  compareRun: null,
  strategy: null,
  focus: null,
  place: null,
  panelRequest: null,
  selectInstrument(id) {
    const { coverage, interval, instrument } = get()
    if (id === instrument) return
    set({ instrument: id, focus: null, interval: id === null ? interval : preferredInterval(coverage, id, interval) })
  },
  selectInterval: (interval) => set({ interval }),
  openRun: (run) => set(run === null ? { run } : { run, ...request('report') }),
  selectRun: (run) => set({ run }),
  compareWith: (run) => set({ compareRun: run }),
  openStrategy: (name) => set(name === null ? { strategy: name } : { strategy: name, ...request('editor') }),
  openPlace(place) {
    const wish = request('editor')
    set({ strategy: place.strategy, place: { ...place, sequence: wish.panelRequest.sequence }, ...wish })
  },
  goTo(focus) {
    if (focus === null) {
      set({ focus })
      return
    }
    get().selectInstrument(focus.instrument)
    set({ focus, ...request('chart') })
  },
  openPanel: (panel) => set(request(panel)),
})
