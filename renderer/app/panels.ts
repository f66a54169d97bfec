import { type ComponentType, lazy } from 'react'
import type { PanelId } from '../state/types.ts'

type PanelModule = Readonly<Record<string, ComponentType>>

/** features/<id>/<id>-panel.tsx exports <Id>Panel; each is a chunk of its own, loaded when first shown. */
const modules = import.meta.glob<PanelModule>('../features/*/*-panel.tsx')

function componentName(id: PanelId): string {
  return `${id.charAt(0).toUpperCase()}${id.slice(1)}Panel`
}

async function loadPanel(id: PanelId): Promise<{ default: ComponentType }> {
  const load = modules[`../features/${id}/${id}-panel.tsx`]
  const component = (await load?.())?.[componentName(id)]
  if (component === undefined)
    throw new Error(`Invariant: features/${id}/${id}-panel.tsx exports no ${componentName(id)}`)
  return { default: component }
}

const panel = (id: PanelId) => lazy(() => loadPanel(id))

/** The component of every panel of the workspace. */
export const panels: Readonly<Record<PanelId, ComponentType>> = {
  data: panel('data'),
  chart: panel('chart'),
  editor: panel('editor'),
  backtest: panel('backtest'),
  runs: panel('runs'),
  report: panel('report'),
  jobs: panel('jobs'),
  problems: panel('problems'),
  settings: panel('settings'),
}
