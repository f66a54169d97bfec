// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { busyWorkers } from '../../../renderer/app/status-bar.tsx'

const job = (kind: string, state = 'running') => ({ kind, state })

describe('the engine in the status bar', () => {
  it('is busy as soon as a run is under way, and with no more workers than there are', () => {
    expect(busyWorkers([], 0, 2)).toBe(0)
    expect(busyWorkers([job('backtest')], 0, 2)).toBe(1)
    expect(busyWorkers([job('backtest'), job('verify'), job('backtest')], 1, 2)).toBe(2)
  })

  it('is not busy with imports, nor with runs that ended', () => {
    expect(busyWorkers([job('import'), job('backtest', 'done'), job('backtest', 'cancelled')], 0, 2)).toBe(0)
  })
})
