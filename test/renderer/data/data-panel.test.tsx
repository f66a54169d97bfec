// @vitest-environment happy-dom
import { act } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../../core/domain/errors.ts'
import { DataPanel } from '../../../renderer/features/data/data-panel.tsx'
import { connect } from '../../../renderer/state/connect.ts'
import { useStore } from '../../../renderer/state/store.ts'
import { instrument, series } from '../../helpers/catalogue.ts'
import { type FakeBridge, fakeBridge } from '../../helpers/fake-bridge.ts'
import { button, click, find, press, render, resetWindow, settle, type } from '../../helpers/render.tsx'

let service: FakeBridge

async function open(ids: readonly string[]): Promise<void> {
  const instruments = ids.map((id) => instrument(id, { simulated: id.startsWith('SIM') }))
  service = fakeBridge({
    'instrument.list': () => ({ instruments, coverage: ids.map((id) => series(id, '1d')) }),
    'instrument.update': () => ({}),
    'instrument.delete': ({ instrument: id }) => {
      instruments.splice(
        instruments.findIndex((record) => record.id === id),
        1,
      )
      return {}
    },
  })
  connect()
  await render(<DataPanel />)
  await settle()
}

beforeEach(() => {
  resetWindow()
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { value: 300, configurable: true })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { value: 400, configurable: true })
})

describe('the data panel', () => {
  it('shows what is stored, with SIM on every simulated market', async () => {
    await open(['AAA', 'SIM-B'])
    const rows = [...document.querySelectorAll('[data-position]')].map((row) => row.textContent)
    expect(rows[0]).toMatch(/^AAA1d100/)
    expect(rows[1]).toMatch(/^SIM-BSIM1d100/)
  })

  it('lets every panel follow the row that is selected by keyboard, and opens the chart with Enter', async () => {
    await open(['AAA', 'BBB'])
    const grid = find('[role=grid]')
    await press(grid, 'End')
    expect(useStore.getState()).toMatchObject({ instrument: 'BBB', interval: '1d' })
    await press(grid, 'Enter')
    expect(useStore.getState().panelRequest?.panel).toBe('chart')
  })

  it('deletes only after a question that says what is kept', async () => {
    await open(['AAA', 'BBB'])
    const grid = find('[role=grid]')
    await press(grid, 'Home')
    await press(grid, 'Delete')
    expect(find('dialog[open]').textContent).toMatch(/Runs that used them keep their results/)
    await click(button('Cancel'))
    expect(service.callsOf('instrument.delete')).toEqual([])
    await press(grid, 'Delete')
    await click(button('Delete AAA'))
    await settle()
    expect(service.callsOf('instrument.delete')).toEqual([{ instrument: 'AAA' }])
    expect(useStore.getState().instruments.map(({ id }) => id)).toEqual(['BBB'])
  })

  it('edits the record of an instrument, never its id', async () => {
    await open(['AAA'])
    await press(find('[role=grid]'), 'Home')
    await press(find('[role=grid]'), 'F2')
    const inputs = [...find('dialog[open]').querySelectorAll('input')]
    expect(inputs[0]?.disabled).toBe(true)
    await type(inputs[1] as Element, 'Triple A')
    await click(button('Save'))
    expect(service.callsOf('instrument.update')[0]).toMatchObject({ instrument: { id: 'AAA', name: 'Triple A' } })
  })

  it('says why it cannot be read and tries again', async () => {
    await open([])
    service.answer('instrument.list', () => {
      throw new DomainError('store.unavailable', { reason: 'gone' })
    })
    await act(async () => useStore.getState().refreshCatalogue())
    await settle()
    expect(find('.tw-failure').textContent).toContain('gone')
    service.answer('instrument.list', () => ({ instruments: [], coverage: [] }))
    await click(button('Try again'))
    await settle()
    expect(find('[role=grid]').textContent).toContain('No data yet')
  })
})
