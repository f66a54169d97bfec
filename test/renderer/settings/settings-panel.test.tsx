// @vitest-environment happy-dom
import { act } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { SettingsPanel } from '../../../renderer/features/settings/settings-panel.tsx'
import { useStore } from '../../../renderer/state/store.ts'
import { fakeBridge } from '../../helpers/fake-bridge.ts'
import { button, click, find, render, resetWindow } from '../../helpers/render.tsx'

beforeEach(resetWindow)

describe('the settings', () => {
  it('work at once and are stored', async () => {
    const service = fakeBridge()
    await render(<SettingsPanel />)
    await click(button('Comfortable'))
    await click(button('Blue / orange'))
    expect(useStore.getState()).toMatchObject({ density: 'comfortable', colours: 'safe' })
    expect(service.callsOf('settings.set').at(-1)).toMatchObject({ value: { density: 'comfortable', colours: 'safe' } })
  })

  it('say where the data lives', async () => {
    fakeBridge()
    await render(<SettingsPanel />)
    await act(async () => useStore.getState().refreshCatalogue())
    expect(find('.tw-facts').textContent).toContain('/home/trader/.tickwright')
  })
})
