// @vitest-environment happy-dom

import { createDockview, type DockviewApi } from 'dockview-react'
import { beforeEach, describe, expect, it } from 'vitest'
import { layoutToStore, openDefaultLayout, readLayout, restoreLayout, showPanel } from '../../../renderer/app/layout.ts'
import type { PanelId } from '../../../renderer/state/types.ts'

const title = (panel: PanelId) => `title of ${panel}`
let dock: DockviewApi

function newDock(): DockviewApi {
  const host = document.createElement('div')
  document.body.append(host)
  const api = createDockview(host, {
    createComponent: () => ({ element: document.createElement('div'), init: () => undefined }),
  })
  api.layout(1600, 1000)
  return api
}

beforeEach(() => {
  document.body.innerHTML = ''
  dock = newDock()
})

const open = (api: DockviewApi) => api.panels.map((panel) => panel.id).sort()

describe('the layout', () => {
  it('opens data, chart, editor, backtest and the results at first, with chart and runs in front', () => {
    openDefaultLayout(dock, title)
    expect(open(dock)).toEqual([
      'backtest',
      'chart',
      'data',
      'editor',
      'jobs',
      'optimiser',
      'problems',
      'replay',
      'report',
      'runs',
    ])
    expect(dock.getPanel('chart')?.group.activePanel?.id).toBe('chart')
    expect(dock.getPanel('runs')?.group.activePanel?.id).toBe('runs')
    expect(dock.getPanel('chart')?.group).toBe(dock.getPanel('editor')?.group)
    expect(dock.getPanel('report')?.group).not.toBe(dock.getPanel('chart')?.group)
  })

  it('comes back as it was left', () => {
    openDefaultLayout(dock, title)
    dock.getPanel('editor')?.api.close()
    showPanel(dock, 'settings', title)
    const stored = JSON.parse(JSON.stringify(layoutToStore(dock)))
    const again = newDock()
    expect(restoreLayout(again, stored, title)).toBe(true)
    expect(open(again)).toEqual(open(dock))
    expect(again.getPanel('data')?.title).toBe('title of data')
  })

  it.each([
    ['text', 'layout'],
    ['another version', { version: 99, dock: { grid: {}, panels: { chart: {} } } }],
    ['a panel that no longer exists', { version: 1, dock: { grid: {}, panels: { ladder: {} } } }],
    ['a grid that is none', { version: 1, dock: { grid: { root: 7 }, panels: { chart: { id: 'chart' } } } }],
    ['no panels at all', { version: 1, dock: { grid: {}, panels: {} } }],
  ])('falls back to the standard layout when %s was stored, and says so', (_, stored) => {
    expect(restoreLayout(dock, stored, title)).toBe(false)
    expect(open(dock)).toContain('chart')
    expect(open(dock)).toHaveLength(10)
  })

  it('opens a closed panel beside its neighbours and brings an open one forward', () => {
    openDefaultLayout(dock, title)
    dock.getPanel('report')?.api.close()
    showPanel(dock, 'report', title)
    expect(dock.getPanel('report')?.group).toBe(dock.getPanel('runs')?.group)
    showPanel(dock, 'jobs', title)
    expect(dock.activePanel?.id).toBe('jobs')
    expect(dock.panels).toHaveLength(10)
  })

  it('opens a panel in an empty workspace', () => {
    showPanel(dock, 'report', title)
    expect(open(dock)).toEqual(['report'])
    expect(readLayout(layoutToStore(dock))).not.toBeNull()
  })
})
