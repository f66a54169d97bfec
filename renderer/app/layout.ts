import type { AddPanelOptions, DockviewApi, IDockviewPanel, SerializedDockview } from 'dockview-react'
import { type PanelId, panelIds } from '../state/types.ts'

/** The key under which the service keeps the layout. */
export const layoutKey = 'layout'
const layoutVersion = 1

/** Where a panel goes when there is no layout yet, or when it is opened again after having been closed. */
interface Home {
  readonly panel: PanelId
  /** Panels beside which it opens as a tab, best first. */
  readonly beside: readonly PanelId[]
  /** Where it goes when none of them is open. */
  readonly alone: 'left' | 'right' | 'below' | 'within'
  readonly width?: number
  /** Below this its table or form would be cut: a smaller window takes from the chart instead. */
  readonly minimumWidth?: number
  /** Part of the height of the workspace: results are read as much as the chart. */
  readonly share?: number
}

/** In the order of opening: chart first, the rest around it. */
const homes: readonly Home[] = [
  { panel: 'chart', beside: ['editor'], alone: 'within' },
  { panel: 'editor', beside: ['chart'], alone: 'within' },
  { panel: 'optimiser', beside: ['editor', 'chart'], alone: 'within' },
  { panel: 'replay', beside: ['optimiser', 'editor', 'chart'], alone: 'within' },
  { panel: 'runs', beside: ['report', 'jobs', 'problems'], alone: 'below', share: 0.42 },
  { panel: 'report', beside: ['runs', 'jobs', 'problems'], alone: 'below', share: 0.42 },
  { panel: 'jobs', beside: ['runs', 'report', 'problems'], alone: 'below', share: 0.42 },
  { panel: 'problems', beside: ['runs', 'report', 'jobs'], alone: 'below', share: 0.42 },
  { panel: 'data', beside: ['settings'], alone: 'left', width: 412, minimumWidth: 404 },
  { panel: 'backtest', beside: [], alone: 'right', width: 320, minimumWidth: 288 },
  { panel: 'blotter', beside: ['replay', 'chart', 'editor'], alone: 'within' },
  { panel: 'live', beside: ['blotter', 'replay', 'chart', 'editor'], alone: 'within' },
  { panel: 'ladder', beside: ['backtest'], alone: 'right', width: 320, minimumWidth: 288 },
  { panel: 'notifications', beside: ['live', 'blotter', 'chart', 'editor'], alone: 'within' },
  { panel: 'alerts', beside: ['notifications', 'live', 'blotter', 'chart', 'editor'], alone: 'within' },
  { panel: 'futures', beside: ['chart', 'editor'], alone: 'within' },
  { panel: 'settings', beside: ['backtest', 'chart', 'editor'], alone: 'within' },
]

/** Panels that are opened when they are asked for. */
const onDemand: readonly PanelId[] = ['settings', 'blotter', 'live', 'ladder', 'notifications', 'alerts', 'futures']

/** Ctrl+1 … Ctrl+9, Ctrl+0, Ctrl+Shift+1 …: the shortcut of a panel by its place in the list. */
export function panelShortcut(index: number): string {
  if (index > 9) return `$mod+Shift+Digit${index - 9}`
  return `$mod+Digit${(index + 1) % 10}`
}

type Title = (panel: PanelId) => string

function position(api: DockviewApi, home: Home): Partial<AddPanelOptions> {
  const neighbour = home.beside.find((panel) => api.getPanel(panel) !== undefined)
  if (neighbour !== undefined) return { position: { referencePanel: neighbour, direction: 'within' } }
  if (home.alone === 'within' || api.panels.length === 0) return {}
  return { position: { direction: home.alone } }
}

/** Opens a panel at its home, or brings it forward where it is. */
export function showPanel(api: DockviewApi, panel: PanelId, title: Title, inactive = false): void {
  const open = api.getPanel(panel)
  if (open !== undefined) {
    if (!inactive) open.api.setActive()
    return
  }
  const home = homes.find((candidate) => candidate.panel === panel)
  if (home === undefined) return
  api.addPanel({
    id: panel,
    component: 'panel',
    title: title(panel),
    inactive,
    ...(home.width === undefined ? {} : { initialWidth: home.width }),
    ...(home.minimumWidth === undefined ? {} : { minimumWidth: home.minimumWidth }),
    ...(home.share === undefined ? {} : { initialHeight: Math.round(api.height * home.share) }),
    ...position(api, home),
  } as AddPanelOptions)
}

/** The layout of a first start: Data left, Chart and Editor in the middle, Backtest right, results below. */
export function openDefaultLayout(api: DockviewApi, title: Title): void {
  api.clear()
  for (const { panel } of homes) {
    if (!onDemand.includes(panel)) showPanel(api, panel, title)
  }
  for (const panel of ['runs', 'chart'] as const) api.getPanel(panel)?.api.setActive()
  // Sizes last: while panels are added, each new one takes its share from all others.
  for (const { panel, width, share } of homes) {
    const group = api.getPanel(panel)?.group.api
    if (width !== undefined) group?.setSize({ width })
    if (share !== undefined) group?.setSize({ height: Math.round(api.height * share) })
  }
}

/** Takes a panel out of the grid into a window of its own above it; its neighbours at the sides keep their width. */
export function floatPanel(api: DockviewApi, panel: IDockviewPanel): void {
  const sides = homes.flatMap(({ panel: id, width }) => {
    const side = width === undefined || id === panel.id ? undefined : api.getPanel(id)
    return side === undefined ? [] : [{ group: side.group, width: side.group.width }]
  })
  api.addFloatingGroup(panel, { width: 560, height: 400 })
  for (const { group, width } of sides) group.api.setSize({ width })
}

/** What is stored: the library's layout with our version around it. */
export function layoutToStore(api: DockviewApi) {
  // Through JSON, so that what is stored is plain data without undefined fields.
  return { version: layoutVersion, dock: JSON.parse(JSON.stringify(api.toJSON())) as object }
}

/** A stored layout when it is one of ours and mentions only panels that exist; else null. */
export function readLayout(stored: unknown): SerializedDockview | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { version, dock } = stored as { version?: unknown; dock?: unknown }
  if (version !== layoutVersion || typeof dock !== 'object' || dock === null) return null
  const { panels, grid } = dock as { panels?: unknown; grid?: unknown }
  if (typeof panels !== 'object' || panels === null || typeof grid !== 'object' || grid === null) return null
  const ids = Object.keys(panels)
  const known = ids.length > 0 && ids.every((id) => (panelIds as readonly string[]).includes(id))
  return known ? (dock as SerializedDockview) : null
}

/** Restores a stored layout; without one, or with one that does not fit, opens the default. False: it did not fit. */
export function restoreLayout(api: DockviewApi, stored: unknown, title: Title): boolean {
  if (stored === null) {
    openDefaultLayout(api, title)
    return true
  }
  const layout = readLayout(stored)
  try {
    if (layout === null) throw new Error('not a layout')
    api.fromJSON(layout)
    for (const panel of api.panels) panel.api.setTitle(title(panel.id as PanelId))
    return true
  } catch {
    openDefaultLayout(api, title)
    return false
  }
}
