// @vitest-environment happy-dom
import { act } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { RunsPanel } from '../../../renderer/features/runs/runs-panel.tsx'
import { connect } from '../../../renderer/state/connect.ts'
import { useStore } from '../../../renderer/state/store.ts'
import { useVerifications } from '../../../renderer/state/verification.ts'
import { type FakeBridge, fakeBridge } from '../../helpers/fake-bridge.ts'
import { button, click, find, press, render, resetWindow, settle, type } from '../../helpers/render.tsx'
import { runSummary } from './run-fixtures.ts'

const all = [
  runSummary({ id: 'run-2', createdAt: 2000, metrics: { 'total-return': 0.25, 'max-drawdown': 0.1, sharpe: 1.5 } }),
  runSummary({ id: 'run-1', createdAt: 1000, note: 'first try', metrics: { 'total-return': -0.1, sharpe: null } }),
]
let fake: FakeBridge
let end = () => {}

beforeEach(() => {
  end()
  resetWindow()
  useVerifications.setState({ byRun: {} })
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { value: 400, configurable: true })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { value: 900, configurable: true })
  fake = fakeBridge({
    'run.list': ({ search }) => {
      const runs = all.filter((run) => run.note.includes(search))
      return { runs, total: runs.length }
    },
  })
})

async function open(): Promise<void> {
  end = connect()
  await render(<RunsPanel />)
  await settle()
  await settle()
}

const rows = () => [...document.querySelectorAll('.tw-row')].map((row) => row.textContent ?? '')

describe('the history of runs', () => {
  it('lists every run with its figures, – where one is undefined', async () => {
    await open()
    expect(rows()).toHaveLength(2)
    expect(rows()[0]).toContain('+25.00%')
    expect(rows()[0]).toContain('1.50')
    expect(rows()[1]).toContain('\u221210.00%')
    expect(rows()[1]).toContain('–')
  })

  it('finds a run by its note', async () => {
    await open()
    await type(find('input[type=search]'), 'first')
    await settle()
    expect(rows()).toHaveLength(1)
    expect(fake.callsOf('run.list').at(-1)).toMatchObject({ search: 'first' })
  })

  it('opens the report of a run with Enter', async () => {
    await open()
    await press(find('[role=grid]'), 'ArrowDown')
    await press(find('[role=grid]'), 'Enter')
    expect(useStore.getState()).toMatchObject({ run: 'run-2', panelRequest: { panel: 'report' } })
  })

  it('reads again when a run ends', async () => {
    await open()
    const before = fake.callsOf('run.list').length
    await act(async () => fake.emit('run.changed', { run: 'run-3', state: 'done' }))
    await settle()
    expect(fake.callsOf('run.list').length).toBe(before + 1)
  })

  it('verifies a run and says that it came out identical', async () => {
    fake.answer('run.verify', () => ({ job: 'job-9' }))
    fake.answer('run.verification', () => ({
      run: 'run-2',
      state: 'identical',
      expectedHash: 'aa',
      actualHash: 'aa',
      firstDifference: '',
      error: null,
    }))
    await open()
    await click(find('.tw-row'))
    await click(button('Verify: run it again and compare'))
    expect(find('.tw-verdict').textContent).toBe('verifying …')
    await act(async () =>
      fake.emit('job.changed', {
        id: 'job-9',
        kind: 'verify',
        subject: 'run-2',
        state: 'done',
        done: 1,
        total: 1,
        etaMs: 0,
        error: null,
      }),
    )
    await settle()
    expect(find('.tw-verdict').textContent).toBe('identical')
  })

  it('deletes a run only after asking', async () => {
    fake.answer('run.delete', () => ({}))
    await open()
    await click(find('.tw-row'))
    await click(button('Delete the run'))
    expect(fake.callsOf('run.delete')).toEqual([])
    await click(find('dialog .tw-button-danger'))
    await settle()
    expect(fake.callsOf('run.delete')).toEqual([{ run: 'run-2' }])
    expect(useStore.getState().run).toBeNull()
  })

  it('compares with the previous run of the same strategy when no base is pinned', async () => {
    await open()
    await click(find('.tw-row'))
    fake.answer('run.get', () => new Promise(() => undefined))
    fake.answer('run.compare', () => new Promise(() => undefined))
    await click(button('Compare with the base or the previous run'))
    expect(useStore.getState()).toMatchObject({ run: 'run-2', compareRun: 'run-1' })
    expect(fake.callsOf('run.compare')).toEqual([{ a: 'run-1', b: 'run-2' }])
  })
})
