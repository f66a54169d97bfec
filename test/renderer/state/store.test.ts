// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../../core/domain/errors.ts'
import { connect } from '../../../renderer/state/connect.ts'
import { useStore } from '../../../renderer/state/store.ts'
import type { Job } from '../../../renderer/state/types.ts'
import { instrument, series } from '../../helpers/catalogue.ts'
import { fakeBridge } from '../../helpers/fake-bridge.ts'
import { resetWindow, settle } from '../../helpers/render.tsx'

const job: Job = {
  id: 'job-1',
  kind: 'backtest',
  subject: 'run-1',
  state: 'running',
  done: 1,
  total: 10,
  etaMs: null,
  error: null,
}
const state = useStore.getState

beforeEach(() => {
  resetWindow()
  fakeBridge()
})

describe('the selection', () => {
  beforeEach(() => {
    useStore.setState({
      instruments: [instrument('SPX'), instrument('SIM')],
      coverage: [series('SPX', '1d'), series('SIM', '1m')],
      instrument: 'SIM',
      interval: '1m',
    })
  })

  it('takes an interval that the next instrument can show', () => {
    state().selectInstrument('SPX')
    expect(state()).toMatchObject({ instrument: 'SPX', interval: '1d' })
  })

  it('brings the chart forward at the moment of a trade, and hears the same wish twice', () => {
    const focus = { instrument: 'SPX', time: 1000, exitTime: 2000, tradeIndex: 4 }
    state().goTo(focus)
    const first = state().panelRequest
    expect(state()).toMatchObject({ instrument: 'SPX', focus })
    expect(first?.panel).toBe('chart')
    state().goTo(focus)
    expect(state().panelRequest?.sequence).toBeGreaterThan(first?.sequence ?? 0)
  })

  it('goes to a trade on the bars of its run, whatever interval was shown', () => {
    useStore.setState({ instrument: 'SPX', interval: '1w' })
    state().goTo({ instrument: 'SIM', time: 1000, exitTime: null, tradeIndex: 0, interval: '5m' })
    expect(state()).toMatchObject({ instrument: 'SIM', interval: '5m' })
    state().goTo({ instrument: 'SIM', time: 1000, exitTime: null, tradeIndex: 0 })
    expect(state().interval).toBe('5m')
  })

  it('opens the report with a run and the editor with a place in a strategy', () => {
    state().openRun('run-1')
    expect(state()).toMatchObject({ run: 'run-1', panelRequest: { panel: 'report' } })
    state().openPlace({ strategy: 'a.ts', line: 3, column: 7 })
    expect(state()).toMatchObject({
      strategy: 'a.ts',
      place: { line: 3, column: 7 },
      panelRequest: { panel: 'editor' },
    })
  })
})

describe('the replica of the service', () => {
  it('selects the first instrument that has bars when nothing was selected', async () => {
    const service = fakeBridge({
      'instrument.list': () => ({
        instruments: [instrument('BARE'), instrument('SPX')],
        coverage: [series('SPX', '1d')],
      }),
    })
    const end = connect()
    await settle()
    expect(state()).toMatchObject({ instrument: 'SPX', interval: '1d', catalogue: { state: 'ready' } })
    expect(service.callsOf('instrument.list')).toHaveLength(1)
    end()
  })

  it('keeps the selection when data changes, and moves on when the instrument is deleted', async () => {
    let instruments = [instrument('AAA'), instrument('BBB')]
    const service = fakeBridge({
      'instrument.list': () => ({ instruments, coverage: instruments.map(({ id }) => series(id, '1d')) }),
    })
    const end = connect()
    await settle()
    state().selectInstrument('BBB')
    service.emit('data.changed', { instrument: 'AAA' })
    await settle()
    expect(state().instrument).toBe('BBB')
    instruments = [instrument('AAA')]
    service.emit('data.changed', { instrument: 'BBB' })
    await settle()
    expect(state().instrument).toBe('AAA')
    end()
  })

  it('follows jobs, runs and the service by their topics, and hears nothing after the end', async () => {
    const service = fakeBridge()
    const end = connect()
    await settle()
    service.emit('job.changed', job)
    service.emit('run.changed', { run: 'run-1', state: 'done' })
    service.emit('service.changed', { store: 'recovering', busyWorkers: 1, engineWorkers: 2, error: null })
    expect(state()).toMatchObject({ jobs: { 'job-1': job }, runsVersion: 1, service: { store: 'recovering' } })
    end()
    service.emit('job.changed', { ...job, state: 'done' })
    expect(state().jobs['job-1']?.state).toBe('running')
  })

  it('lets go of a run that was deleted, and of no other', () => {
    const service = fakeBridge()
    const end = connect()
    useStore.setState({ run: 'run-1', compareRun: 'run-2' })
    service.emit('run.changed', { run: 'run-2', state: 'deleted' })
    expect(state()).toMatchObject({ run: 'run-1', compareRun: null })
    end()
  })

  it('says why the catalogue could not be read', async () => {
    fakeBridge({
      'instrument.list': () => {
        throw new DomainError('store.unavailable', { reason: 'no such folder' })
      },
    })
    await state().refreshCatalogue()
    expect(state().catalogue).toMatchObject({ state: 'failed', error: { code: 'store.unavailable' } })
  })
})

describe('notices and preferences', () => {
  it('shows a notice once while it is on the screen, and again after it was dismissed', () => {
    state().notify({ severity: 'warning', text: 'Disk nearly full' })
    state().notify({ severity: 'warning', text: 'Disk nearly full' })
    expect(state().toasts).toHaveLength(1)
    state().dismiss(state().toasts[0] as number)
    state().notify({ severity: 'warning', text: 'Disk nearly full' })
    expect(state().notices).toHaveLength(2)
  })

  it('stores a preference and reads it at the next start', async () => {
    const service = fakeBridge()
    state().setPreference({ colours: 'cn', theme: 'light' })
    await settle()
    expect(service.callsOf('settings.set')[0]).toMatchObject({ key: 'preferences', value: { colours: 'cn' } })
    useStore.setState({ colours: 'us', theme: 'dark' })
    await state().loadPreferences()
    expect(state()).toMatchObject({ colours: 'cn', theme: 'light' })
  })

  it('keeps a choice for the session when the store refuses it, and says so', async () => {
    fakeBridge({
      'settings.set': () => {
        throw new DomainError('store.full', {})
      },
    })
    state().setPreference({ density: 'comfortable' })
    await settle()
    expect(state().density).toBe('comfortable')
    expect(state().notices.at(-1)?.text).toContain('disk is full')
  })
})
