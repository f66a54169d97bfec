// @vitest-environment happy-dom

import { act } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DomainError } from '../../../core/domain/errors.ts'
import { inspectAfterMs, useImport } from '../../../renderer/features/data/import-flow.ts'
import { ImportHost } from '../../../renderer/features/data/import-host.tsx'
import { plainRecipe } from '../../../renderer/features/data/recipe.ts'
import type { Inspection, Recipe } from '../../../renderer/features/data/types.ts'
import { connect } from '../../../renderer/state/connect.ts'
import { useStore } from '../../../renderer/state/store.ts'
import type { Job } from '../../../renderer/state/types.ts'
import { instrument } from '../../helpers/catalogue.ts'
import { type FakeBridge, fakeBridge } from '../../helpers/fake-bridge.ts'
import { button, click, find, render, resetWindow, settle, type } from '../../helpers/render.tsx'

const path = '/home/trader/dax.csv'
const job: Job = {
  id: 'job-7',
  kind: 'import',
  subject: 'dax.csv',
  state: 'running',
  done: 20,
  total: 100,
  etaMs: 900,
  error: null,
}
let service: FakeBridge
let end: () => void

function inspection(recipe: Recipe | null): Inspection {
  return {
    reply: {
      recipe: recipe ?? plainRecipe,
      doubts: ['zone'],
      rows: [
        ['Date', 'Open', 'High', 'Low', 'Close', 'Vol'],
        ['2024-01-02', '1', '2', '0.5', '1.5', '900'],
      ],
      badRows: [{ row: 9, column: 'close', reason: 'not-a-number', text: 'n/a' }],
      bytes: 2048,
      estimatedRows: 60,
      suggestedInstrument: instrument('DAX', { kind: 'index' }),
    },
    columns: { time: Float64Array.of(0, 86_400_000), open: Float64Array.of(1, 2), close: Float64Array.of(2, 1) },
  }
}

beforeEach(async () => {
  vi.useFakeTimers()
  resetWindow()
  useImport.getState().close()
  service = fakeBridge({
    'import.inspect': ({ recipe }) => inspection(recipe as Recipe | null),
    'import.start': () => ({ job: job.id }),
    'import.result': () => ({
      job: { ...job, state: 'done' },
      instrument: 'DAX',
      interval: '1d',
      rows: 60,
      added: 59,
      changed: 0,
      unchanged: 0,
      badRows: [],
      badRowCount: 1,
    }),
  })
  end = connect()
  await render(<ImportHost />)
})

afterEach(() => {
  end()
  vi.useRealTimers()
})

async function open(): Promise<void> {
  await act(async () => useImport.getState().open(path))
}

async function pause(): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(inspectAfterMs)
  })
}

describe('importing a file', () => {
  it('shows what was inferred, marks what was guessed and lists bad rows', async () => {
    await open()
    expect(service.callsOf('import.inspect')).toEqual([{ path, recipe: null }])
    const dialog = find('dialog[open]')
    expect(dialog.textContent).toContain('Import dax.csv')
    expect(find('.is-doubtful label').textContent).toBe('Zone of the stamps')
    expect(find('.tw-preview').textContent).toContain('2024-01-02')
    expect(dialog.textContent).toContain('1 bad row')
    expect(dialog.textContent).toContain('DAX will be created')
  })

  it('reads the file again after a pause when a column gets another role', async () => {
    await open()
    await type(find('select[aria-label="Role of column 6"]'), 'volume')
    expect(service.callsOf('import.inspect')).toHaveLength(1)
    await pause()
    expect(service.callsOf('import.inspect')[1]?.recipe?.columns.volume).toBe(5)
    expect(useImport.getState().preview?.checking).toBe(false)
  })

  it('asks once for several quick changes, and keeps what the user wrote about the instrument', async () => {
    await open()
    act(() => useImport.getState().editInstrument({ id: 'GDAXI' }))
    act(() => useImport.getState().editRecipe({ separator: ';' }))
    act(() => useImport.getState().editRecipe({ decimal: ',' }))
    await pause()
    expect(service.callsOf('import.inspect')).toHaveLength(2)
    expect(service.callsOf('import.inspect')[1]?.recipe).toMatchObject({ separator: ';', decimal: ',' })
    expect(useImport.getState().preview?.instrument.id).toBe('GDAXI')
  })

  it('says in a sentence why a changed recipe does not fit, and does not let it start', async () => {
    await open()
    service.answer('import.inspect', () => {
      throw new DomainError('import.recipe-invalid', { reason: 'the separator never occurs' })
    })
    act(() => useImport.getState().editRecipe({ separator: '|' }))
    await pause()
    expect(find('.tw-import-error').textContent).toContain('the separator never occurs')
    expect(button('Import into DAX').hasAttribute('disabled')).toBe(true)
  })

  it('does not send a recipe that cannot be meant', async () => {
    await open()
    act(() => useImport.getState().editRecipe({ headerRows: Number.NaN }))
    await pause()
    expect(service.callsOf('import.inspect')).toHaveLength(1)
    expect(find('.is-invalid label').textContent).toBe('Header lines')
    expect(button('Import into DAX').hasAttribute('disabled')).toBe(true)
  })

  it('shows progress, then what was done, then the chart', async () => {
    await open()
    await click(button('Import into DAX'))
    expect(service.callsOf('import.start')[0]).toMatchObject({ path, instrument: { id: 'DAX' } })
    await act(async () => service.emit('job.changed', job))
    expect(find('.tw-import-running').textContent).toContain('20%')
    await act(async () => service.emit('job.changed', { ...job, state: 'done' }))
    await settle()
    expect(find('.tw-import-summary').textContent).toMatch(/DAX 1d was imported.*59added/)
    await click(button('Show on the chart'))
    expect(useStore.getState()).toMatchObject({ instrument: 'DAX', panelRequest: { panel: 'chart' } })
    expect(document.querySelector('dialog')).toBeNull()
  })

  it('cancels the job and comes back to the preview with nothing stored', async () => {
    service.answer('job.cancel', () => ({}))
    await open()
    await click(button('Import into DAX'))
    await click(button('Cancel Importing'))
    expect(service.callsOf('job.cancel')).toEqual([{ job: job.id }])
    await act(async () => service.emit('job.changed', { ...job, state: 'cancelled' }))
    await settle()
    expect(find('.tw-preview')).toBeTruthy()
    expect(useStore.getState().notices.at(-1)?.text).toContain('nothing was stored')
  })

  it('names row, column and reason when the import was refused, and leads back to the preview', async () => {
    await open()
    await click(button('Import into DAX'))
    const error = {
      code: 'import.bad-rows',
      data: { path, row: 9, column: 'close', reason: 'not a number', text: 'n/a', count: 1 },
    }
    await act(async () => service.emit('job.changed', { ...job, state: 'failed', error }))
    await settle()
    expect(find('.tw-failure').textContent).toMatch(/row 9, column close – not a number/)
    await click(button('Back to the preview'))
    expect(find('.tw-preview')).toBeTruthy()
  })

  it('lets the columns be set by hand when nothing could be inferred', async () => {
    service.answer('import.inspect', () => {
      throw new DomainError('import.no-columns', { path })
    })
    await open()
    expect(find('.tw-failure').textContent).toContain('dax.csv')
    service.answer('import.inspect', ({ recipe }) => inspection(recipe as Recipe | null))
    await click(button('Set the columns by hand'))
    expect(service.callsOf('import.inspect').at(-1)?.recipe).toEqual(plainRecipe)
    expect(find('.tw-preview')).toBeTruthy()
  })
})

describe('dropping a file', () => {
  it('opens the preview of a file dropped anywhere, and leaves a dragged panel alone', async () => {
    const drop = async (types: string[], files: File[]) => {
      const event = new Event('drop', { bubbles: true, cancelable: true })
      Object.assign(event, { dataTransfer: { types, files } })
      await act(async () => window.dispatchEvent(event))
      await settle()
      return event.defaultPrevented
    }
    expect(await drop(['text/plain'], [])).toBe(false)
    expect(useImport.getState().stage.name).toBe('closed')
    expect(await drop(['Files'], [new File(['a'], 'dax.csv')])).toBe(true)
    expect(useImport.getState()).toMatchObject({ path, stage: { name: 'preview' } })
  })
})
