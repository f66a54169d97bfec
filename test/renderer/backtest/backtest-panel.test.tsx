// @vitest-environment happy-dom
import { act } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Takes } from '../../../core/contract/contract.ts'
import { BacktestPanel } from '../../../renderer/features/backtest/backtest-panel.tsx'
import { defaultSetup } from '../../../renderer/state/backtest-config.ts'
import { useBacktest } from '../../../renderer/state/backtest-setup.ts'
import { connect } from '../../../renderer/state/connect.ts'
import type { ParamSpec } from '../../../renderer/state/run-types.ts'
import { useStore } from '../../../renderer/state/store.ts'
import type { Job } from '../../../renderer/state/types.ts'
import { instrument, series } from '../../helpers/catalogue.ts'
import { type FakeBridge, fakeBridge } from '../../helpers/fake-bridge.ts'
import { button, click, find, render, resetWindow, settle, type } from '../../helpers/render.tsx'

const fast: ParamSpec = {
  name: 'fast',
  kind: 'int',
  default: 10,
  min: 2,
  max: 100,
  step: 1,
  choices: [],
  group: '',
  help: 'Bars of the fast average',
}

let fake: FakeBridge
let end = () => {}

function job(patch: Partial<Job>): Job {
  return {
    id: 'job-1',
    kind: 'backtest',
    subject: 'run-1',
    state: 'running',
    done: 0,
    total: 100,
    etaMs: null,
    error: null,
    ...patch,
  }
}

async function open(): Promise<void> {
  end = connect()
  await settle()
  await render(<BacktestPanel />)
  await settle()
  await settle()
}

function field(label: string): HTMLElement {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent === label)
  return find(`#${CSS.escape(found?.htmlFor ?? '')}`)
}

beforeEach(() => {
  end()
  resetWindow()
  useBacktest.setState(useBacktest.getInitialState(), true)
  fake = fakeBridge({
    'instrument.list': () => ({ instruments: [instrument('SPX')], coverage: [series('SPX', '1d')] }),
    'strategy.list': () => ({
      strategies: [{ name: 'cross.ts', title: 'Cross', updatedAt: 1, size: 10 }],
      templates: [],
    }),
    'strategy.check': () => ({ title: 'Cross', params: [fast], problems: [] }),
    'backtest.start': () => ({ run: 'run-1', job: 'job-1' }),
  })
})

describe('the backtest panel', () => {
  it('makes the form from the parameters that the code declares', async () => {
    await open()
    expect((field('fast') as HTMLInputElement).value).toBe('10')
    expect(document.body.textContent).toContain('2 … 100 · Bars of the fast average')
  })

  it('explains a value outside its limits and does not run with it', async () => {
    await open()
    await type(field('fast'), '200')
    expect(document.body.textContent).toContain('200 is above the greatest value, 100.')
    expect((button('Run') as HTMLButtonElement).disabled).toBe(true)
    await type(field('fast'), '20')
    expect((button('Run') as HTMLButtonElement).disabled).toBe(false)
  })

  it('runs what the form says, shows how far it is, and opens the report at the end', async () => {
    await open()
    await type(field('fast'), '20')
    await type(field('Starting cash'), '50,000')
    await click(button('Run'))
    await settle()
    expect(fake.callsOf('backtest.start')[0]).toEqual({
      strategy: { kind: 'saved', name: 'cross.ts' },
      params: { fast: 20 },
      instruments: ['SPX'],
      interval: '1d',
      from: null,
      to: null,
      cash: 50_000,
      commission: { kind: 'none' },
      slippage: { kind: 'none' },
      profile: 'default',
      fillPolicy: 'pessimistic',
      seed: 1,
    } satisfies Takes<'backtest.start'>)
    await act(async () => fake.emit('job.changed', job({ done: 40 })))
    expect(document.body.textContent).toContain('40%')
    await act(async () => fake.emit('job.changed', job({ state: 'done', done: 100 })))
    await settle()
    expect(useStore.getState().run).toBe('run-1')
    expect(useStore.getState().panelRequest?.panel).toBe('report')
  })

  it('cancels the run that it started', async () => {
    fake.answer('job.cancel', () => ({}))
    await open()
    await click(button('Run'))
    await settle()
    await click(button('Cancel Backtest'))
    expect(fake.callsOf('job.cancel')).toEqual([{ job: 'job-1' }])
    await act(async () => fake.emit('job.changed', job({ state: 'cancelled' })))
    await settle()
    expect((button('Run') as HTMLButtonElement).disabled).toBe(false)
  })

  it('says why a run failed and takes the user to the line', async () => {
    await open()
    await click(button('Run'))
    await settle()
    const error = {
      code: 'strategy.exception',
      data: { file: 'cross.ts', line: 9, column: 3, message: 'boom' },
    } as const
    await act(async () => fake.emit('job.changed', job({ state: 'failed', error })))
    await settle()
    expect(find('[role=alert]').textContent).toContain('boom')
    expect(useStore.getState().problems).toMatchObject({ strategy: 'cross.ts', problems: [{ line: 9, column: 3 }] })
    await click(button('Open line 9'))
    expect(useStore.getState().panelRequest?.panel).toBe('editor')
  })

  it('starts one run however often the key is pressed', async () => {
    await open()
    await act(async () => {
      void useBacktest.getState().start()
      void useBacktest.getState().start()
    })
    await settle()
    expect(fake.callsOf('backtest.start')).toHaveLength(1)
  })

  it('echoes the terminal line of what it would do', async () => {
    await open()
    expect(find('.tw-command-line').textContent).toBe(
      `tickwright backtest cross.ts --data SPX --interval 1d --cash ${defaultSetup.cash} --param fast=10`,
    )
  })

  it('follows the interval on the chart until instruments are chosen', async () => {
    await open()
    await act(async () => useStore.getState().selectInterval('1w'))
    expect(useBacktest.getState().setup.interval).toBe('1w')
    await act(async () => useBacktest.getState().patch({ instruments: ['SPX'] }))
    await act(async () => useStore.getState().selectInterval('1d'))
    expect(useBacktest.getState().setup.interval).toBe('1w')
  })
})
