// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { registerAppCommands } from '../../../renderer/app/app-commands.ts'
import { useOverlays } from '../../../renderer/app/overlays.ts'
import { groupCommands, withoutTwins } from '../../../renderer/app/palette.tsx'
import { bindShortcuts, shortcutKeys } from '../../../renderer/app/shortcuts.ts'
import { allCommands, registerCommands, runCommand } from '../../../renderer/state/commands.ts'
import { useStore } from '../../../renderer/state/store.ts'
import { instrument, series } from '../../helpers/catalogue.ts'
import { fakeBridge } from '../../helpers/fake-bridge.ts'
import { resetWindow } from '../../helpers/render.tsx'

let end: () => void
beforeEach(() => {
  resetWindow()
  fakeBridge()
  useOverlays.getState().hide()
  end = registerAppCommands()
})
afterEach(() => end())

const ids = () => allCommands().map((command) => command.id)
const titleOf = (id: string) => {
  const command = allCommands().find((candidate) => candidate.id === id)
  return command === undefined ? '' : command.titleKey
}

describe('commands', () => {
  it('offer every instrument and interval there is, and follow the catalogue', () => {
    useStore.setState({ instruments: [instrument('SPX')], coverage: [series('SPX', '1d')], instrument: 'SPX' })
    expect(ids()).toEqual(expect.arrayContaining(['instrument.SPX', 'interval.1d', 'interval.1M']))
    useStore.setState({ instruments: [] })
    expect(ids()).not.toContain('instrument.SPX')
  })

  it('change a preference at once', () => {
    expect(runCommand('view.colours.cn')).toBe(true)
    expect(useStore.getState().colours).toBe('cn')
    expect(titleOf('view.zone.utc')).toBe('commands:view.zone.utc')
  })

  it('are not run while they are not possible', () => {
    expect(runCommand('jobs.cancel')).toBe(false)
    expect(runCommand('no.such')).toBe(false)
  })

  it('go away with what registered them, and a replaced one comes to no harm', () => {
    const first = vi.fn()
    const second = vi.fn()
    const endFirst = registerCommands([{ id: 'chart.reset', titleKey: 'x', run: first }])
    const endSecond = registerCommands([{ id: 'chart.reset', titleKey: 'x', run: second }])
    endFirst()
    expect(runCommand('chart.reset')).toBe(true)
    expect(second).toHaveBeenCalledOnce()
    endSecond()
    expect(runCommand('chart.reset')).toBe(false)
    expect(first).not.toHaveBeenCalled()
  })

  it('are listed by heading, running first, and one with two shortcuts once', () => {
    const groups = groupCommands(withoutTwins(allCommands()))
    expect(groups[0]?.[0]).toBe('run')
    expect(groups.at(-1)?.[0]).toBe('help')
    expect(groups.at(-1)?.[1].filter((command) => command.titleKey === 'commands:view.palette')).toHaveLength(1)
  })
})

describe('shortcuts', () => {
  let unbind: () => void
  beforeEach(() => {
    unbind = bindShortcuts(window)
  })
  afterEach(() => unbind())

  function key(target: EventTarget, name: string, init: KeyboardEventInit = {}): void {
    target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init }))
  }

  it('open the palette from anywhere, even while typing', () => {
    const input = document.createElement('input')
    document.body.append(input)
    key(input, 'k', { code: 'KeyK', ctrlKey: true })
    expect(useOverlays.getState().open).toBe('palette')
    useOverlays.getState().hide()
    key(document.body, 'F1', { code: 'F1' })
    expect(useOverlays.getState().open).toBe('palette')
    input.remove()
  })

  it('leave a plain key to the text that is typed', () => {
    const input = document.createElement('input')
    document.body.append(input)
    key(input, '?', { code: 'Slash', shiftKey: true })
    expect(useOverlays.getState().open).toBeNull()
    key(document.body, '?', { code: 'Slash', shiftKey: true })
    expect(useOverlays.getState().open).toBe('shortcuts')
    input.remove()
  })

  it('work for commands registered later, and not under a dialog', () => {
    const run = vi.fn()
    const endCommand = registerCommands([{ id: 'chart.reset', titleKey: 'x', shortcut: 'Alt+KeyR', run }])
    key(document.body, 'r', { code: 'KeyR', altKey: true })
    expect(run).toHaveBeenCalledOnce()
    const dialog = document.createElement('dialog')
    document.body.append(dialog)
    dialog.setAttribute('open', '')
    key(document.body, 'r', { code: 'KeyR', altKey: true })
    expect(run).toHaveBeenCalledOnce()
    dialog.remove()
    endCommand()
  })

  it('are written as on the keys', () => {
    expect(shortcutKeys('$mod+KeyK')).toEqual(['Ctrl', 'K'])
    expect(shortcutKeys('Shift+F5')).toEqual(['Shift', 'F5'])
    expect(shortcutKeys('$mod+Digit3')).toEqual(['Ctrl', '3'])
  })
})
