// @vitest-environment happy-dom
import { act } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { registerAppCommands } from '../../../renderer/app/app-commands.ts'
import { ErrorBoundary } from '../../../renderer/app/error-boundary.tsx'
import { useOverlays } from '../../../renderer/app/overlays.ts'
import { Palette, withoutTwins } from '../../../renderer/app/palette.tsx'
import { ShortcutsDialog } from '../../../renderer/app/shortcuts-dialog.tsx'
import { StatusBar } from '../../../renderer/app/status-bar.tsx'
import { Toasts } from '../../../renderer/app/toasts.tsx'
import { Welcome } from '../../../renderer/app/welcome.tsx'
import { allCommands } from '../../../renderer/state/commands.ts'
import { connect } from '../../../renderer/state/connect.ts'
import { useStore } from '../../../renderer/state/store.ts'
import { instrument, series } from '../../helpers/catalogue.ts'
import { fakeBridge } from '../../helpers/fake-bridge.ts'
import { button, click, find, press, render, resetWindow, settle, type } from '../../helpers/render.tsx'

let end: () => void
beforeEach(() => {
  resetWindow()
  fakeBridge()
  useOverlays.getState().hide()
  Element.prototype.scrollIntoView = () => undefined
  useStore.setState({ instruments: [instrument('SPX', { name: 'S&P 500' })], coverage: [series('SPX', '1d')] })
  end = registerAppCommands()
})
afterEach(() => {
  resetWindow()
  end()
})

const items = () => [...document.querySelectorAll('[cmdk-item]')]

describe('the palette', () => {
  it('lists every command of the window', async () => {
    await render(<Palette />)
    await act(async () => useOverlays.getState().show('palette'))
    expect(items()).toHaveLength(withoutTwins(allCommands()).length)
    expect(items().map((item) => item.textContent)).toContain('Select SPX S&P 500')
  })

  it('finds a command by a part of its title and runs it with Enter', async () => {
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => {
      run()
      return 1
    })
    await render(<Palette />)
    await act(async () => useOverlays.getState().show('palette'))
    await type(find('[cmdk-input]'), 'red up')
    expect(items()[0]?.textContent).toContain('red up, green down')
    await press(find('[cmdk-input]'), 'Enter')
    expect(useStore.getState().colours).toBe('cn')
    expect(document.querySelector('dialog')).toBeNull()
    vi.unstubAllGlobals()
  })
})

describe('the window around the panels', () => {
  it('lists every shortcut', async () => {
    await render(<ShortcutsDialog />)
    await act(async () => useOverlays.getState().show('shortcuts'))
    const text = find('dialog').textContent
    for (const title of ['Show all commands', 'Keyboard shortcuts', 'Copy rows for a spreadsheet'])
      expect(text).toContain(title)
  })

  it('says SIM in the status bar while a simulated market is selected, and shows work with cancel', async () => {
    const service = fakeBridge({
      'instrument.list': () => ({
        instruments: [instrument('SIM-A', { simulated: true })],
        coverage: [series('SIM-A', '1m')],
      }),
      'job.cancel': () => ({}),
    })
    const stop = connect()
    await render(<StatusBar />)
    await settle()
    expect(find('.is-sim').textContent).toBe('SIM')
    await act(async () =>
      service.emit('job.changed', {
        id: 'j',
        kind: 'backtest',
        subject: 'run-1',
        state: 'running',
        done: 1,
        total: 4,
        etaMs: 2000,
        error: null,
      }),
    )
    expect(find('.tw-status').textContent).toMatch(/Backtest run-1.*25%.*2\.0 s left/)
    await click(button('Cancel Backtest run-1'))
    expect(service.callsOf('job.cancel')).toEqual([{ job: 'j' }])
    await act(async () =>
      service.emit('service.changed', {
        store: 'failed',
        busyWorkers: 0,
        engineWorkers: 2,
        error: { code: 'store.full', data: {} },
      }),
    )
    expect(find('[data-state=failed]').textContent).toBe('Store failed')
    stop()
  })

  it('switches the language live', async () => {
    await render(<StatusBar />)
    await act(async () => useStore.getState().refreshCatalogue())
    expect(find('.tw-status').textContent).toContain('Engine ready')
    const { applyAppearance } = await import('../../../renderer/app/appearance.ts')
    const stop = applyAppearance()
    await act(async () => useStore.getState().setPreference({ language: 'zh' }))
    expect(find('.tw-status').textContent).toContain('引擎就绪')
    expect(document.documentElement.lang).toBe('zh-CN')
    stop()
  })

  it('reads errors aloud at once and keeps them until they are dismissed', async () => {
    await render(<Toasts />)
    await act(async () => useStore.getState().notify({ severity: 'error', text: 'The disk is full.' }))
    expect(find('[role=alert]').textContent).toContain('The disk is full.')
    await click(button('Close'))
    expect(document.querySelector('.tw-toast')).toBeNull()
  })

  it('keeps a failure inside its panel and opens the panel again', async () => {
    let broken = true
    function Panel() {
      if (broken) throw new Error('no such column')
      return <p>alive</p>
    }
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await render(
      <ErrorBoundary place="chart">
        <Panel />
      </ErrorBoundary>,
    )
    expect(find('.tw-failure').textContent).toContain('no such column')
    broken = false
    await click(button('Open it again'))
    expect(document.body.textContent).toContain('alive')
    quiet.mockRestore()
  })
})

describe('the first run', () => {
  it('runs the sample backtest with one button, on real data rather than simulated', async () => {
    const service = fakeBridge({
      'instrument.list': () => ({
        instruments: [instrument('SIM-A', { simulated: true }), instrument('SPX')],
        coverage: [series('SIM-A', '1m'), series('SPX', '1d')],
      }),
      'strategy.list': () => ({
        strategies: [],
        templates: [{ id: 'sma-cross', title: { en: 'SMA cross', zh: '均线交叉' } }],
      }),
      'strategy.create': ({ name }) => ({ name }),
      'backtest.start': () => ({ run: 'run-1', job: 'job-1' }),
    })
    await useStore.getState().refreshCatalogue()
    await render(<Welcome />)
    await click(button('Run the sample backtest'))
    await settle()
    expect(service.callsOf('strategy.create')).toEqual([{ name: 'sma-cross.ts', template: 'sma-cross' }])
    expect(service.callsOf('backtest.start')[0]).toMatchObject({ instruments: ['SPX'], interval: '1d' })
    expect(useStore.getState()).toMatchObject({ run: 'run-1', panelRequest: { panel: 'report' } })
    expect(document.querySelector('.tw-welcome')).toBeNull()
  })

  it('greets once', async () => {
    await render(<Welcome />)
    expect(find('.tw-welcome').textContent).toContain('Welcome')
    await click(button('Close'))
    resetWindow()
    await render(<Welcome />)
    expect(document.querySelector('.tw-welcome')).toBeNull()
  })
})
