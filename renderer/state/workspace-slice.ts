import { preferredInterval } from './intervals.ts'
import type { Slice, WorkspaceState } from './state.ts'
import type { PanelId } from './types.ts'

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
    const { interval = get().interval } = focus
    set({ focus, interval, ...request('chart') })
  },
  openPanel: (panel) => set(request(panel)),
})
