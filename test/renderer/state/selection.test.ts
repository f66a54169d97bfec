// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepSelection, loadSelection, readSelection } from '../../../renderer/state/selection.ts'
import { useStore } from '../../../renderer/state/store.ts'
import { instrument, series } from '../../helpers/catalogue.ts'
import { fakeBridge } from '../../helpers/fake-bridge.ts'
import { resetWindow } from '../../helpers/render.tsx'

beforeEach(() => {
  vi.useFakeTimers()
  resetWindow()
})
afterEach(() => {
  vi.useRealTimers()
})

const catalogue = () => ({
  instruments: [instrument('AAA'), instrument('BBB')],
  coverage: [series('AAA', '1d'), series('BBB', '1d')],
})

describe('what was looked at last', () => {
  it('is found again at the next start', async () => {
    const service = fakeBridge({ 'instrument.list': catalogue })
    const end = keepSelection()
    useStore.setState({ instrument: 'BBB', interval: '1w' })
    useStore.setState({ run: 'run-1' })
    await vi.runAllTimersAsync()
    end()
    expect(service.callsOf('settings.set')).toHaveLength(1)
    useStore.setState({ instrument: null, interval: '1d', run: null })
    await loadSelection()
    await useStore.getState().refreshCatalogue()
    expect(useStore.getState()).toMatchObject({ instrument: 'BBB', interval: '1w', run: 'run-1' })
  })

  it('gives way to what still exists', async () => {
    fakeBridge({
      'settings.get': () => ({ value: { instrument: 'GONE', interval: '1d' } }),
      'instrument.list': catalogue,
    })
    await loadSelection()
    await useStore.getState().refreshCatalogue()
    expect(useStore.getState().instrument).toBe('AAA')
  })

  it.each([null, 7, 'SPX', { instrument: 3, interval: 'daily' }])('is nothing when %j was stored', (stored) => {
    expect(readSelection(stored)).toEqual({})
  })
})
