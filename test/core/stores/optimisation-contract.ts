import { expect, test } from 'vitest'
import type { NewOptimisation, OptimisationEnd, TrialBatch } from '../../../core/stores/optimisation-store.ts'
import type { RunError } from '../../../core/stores/run-records.ts'
import type { Stores } from '../../../core/stores/stores.ts'
import { capsule, runConfig } from './builders.ts'

function newOptimisation(id: string, change: Partial<NewOptimisation> = {}): NewOptimisation {
  return {
    id,
    createdAt: 1_000,
    strategyName: 'cross.ts',
    idea: 'cross.ts · SPX 1d',
    config: {
      run: runConfig(),
      space: { fast: { kind: 'range', from: 5, to: 9, step: 2 } },
      where: '',
      objectives: [{ metric: 'sharpe', goal: 'max', weight: 1 }],
      combination: 'weighted',
      method: 'grid',
      trials: 10,
      seed: 1,
      walkForward: null,
    },
    planned: 3,
    columns: ['window', 'param:fast', 'sharpe'],
    capsule: capsule(runConfig()),
    ...change,
  }
}

/** Trials of three figures each; the last is the Sharpe ratio. */
function batch(points: readonly number[], sharpe: (point: number) => number, error?: RunError): TrialBatch {
  return {
    points: Float64Array.from(points),
    values: Float64Array.from(points.flatMap((point) => [0, point, sharpe(point)])),
    errors: points.map(() => error ?? null),
    sharpes: Float64Array.from(points, sharpe),
  }
}

const end: OptimisationEnd = {
  state: 'done',
  durationMs: 500,
  error: null,
  best: { point: 1, params: { fast: 7 }, metrics: { sharpe: 0.2, calmar: null } },
  resultHash: 'abc',
  walk: null,
}

/** What every kind of store promises about optimisations. */
export function describeOptimisations(stores: () => Stores): void {
  const store = () => stores().optimisations

  test('trials come back by their number, whatever order they were stored in, NaN and failures included', async () => {
    await store().create(newOptimisation('opt-1'))
    await store().addTrials(
      'opt-1',
      batch([2, 1], (point) => point / 10),
    )
    const failure = { code: 'strategy.exception', data: { line: 3 } }
    await store().addTrials(
      'opt-1',
      batch([0], () => Number.NaN, failure),
    )
    const { points, values, errors } = await store().trials('opt-1')
    expect([...points]).toEqual([0, 1, 2])
    expect([...values]).toEqual([0, 0, Number.NaN, 0, 1, 0.1, 0, 2, 0.2])
    expect(errors).toEqual([failure, null, null])
    expect((await store().get('opt-1')).summary).toMatchObject({ state: 'running', done: 3, failed: 1, planned: 3 })
  })

  test('storing the same trials again changes nothing and counts nothing twice', async () => {
    await store().create(newOptimisation('opt-1'))
    await store().addTrials(
      'opt-1',
      batch([0, 1], () => 0.1),
    )
    await store().addTrials(
      'opt-1',
      batch([1, 2], () => 0.9),
    )
    expect([...(await store().trials('opt-1')).values].filter((_, k) => k % 3 === 2)).toEqual([0.1, 0.1, 0.9])
    expect((await store().get('opt-1')).summary.done).toBe(3)
    expect((await store().idea('cross.ts · SPX 1d')).trials).toBe(3)
  })

  test('every trial of an idea is counted, over all its optimisations and after they are deleted', async () => {
    await store().create(newOptimisation('opt-1'))
    await store().addTrials(
      'opt-1',
      batch([0, 1], (point) => point),
    )
    await store().end('opt-1', end)
    await store().delete('opt-1')
    await store().create(newOptimisation('opt-2'))
    await store().addTrials(
      'opt-2',
      batch([0, 1], (point) => (point === 0 ? 2 : Number.NaN)),
    )
    await store().create(newOptimisation('opt-3', { idea: 'other.ts · SPX 1d' }))
    await store().addTrials(
      'opt-3',
      batch([0], () => 5),
    )
    expect(await store().idea('cross.ts · SPX 1d')).toEqual({ trials: 4, sharpes: 3, variance: 1 })
    expect((await store().idea('other.ts · SPX 1d')).variance).toBeNaN()
    expect((await store().idea('nobody’s')).trials).toBe(0)
  })

  test('an end is kept with its best trial, once', async () => {
    await store().create(newOptimisation('opt-1'))
    expect(await store().end('opt-1', end)).toMatchObject({
      state: 'done',
      durationMs: 500,
      resultHash: 'abc',
      best: end.best,
    })
    await expect(store().end('opt-1', end)).rejects.toMatchObject({ code: 'optimisation.unknown' })
  })

  test('the curve and the windows of a walk forward are kept', async () => {
    await store().create(newOptimisation('opt-1'))
    expect(await store().walk('opt-1')).toBeNull()
    const curve = { rows: 2, columns: { time: Float64Array.of(1, 2), equity: Float64Array.of(10, 11) }, texts: {} }
    await store().end('opt-1', { ...end, walk: { windows: '{"windows":[]}', curve } })
    const walk = await store().walk('opt-1')
    expect(walk?.windows).toBe('{"windows":[]}')
    expect([...(walk?.curve.columns.equity ?? [])]).toEqual([10, 11])
  })

  test('what was cancelled or failed can be resumed, and its stretches add up; what runs or is done cannot', async () => {
    await store().create(newOptimisation('opt-1'))
    await expect(store().resume('opt-1')).rejects.toMatchObject({
      code: 'optimisation.not-resumable',
      data: { reason: 'running' },
    })
    const error = { code: 'optimise.lost', data: {} }
    await store().end('opt-1', { ...end, state: 'failed', error, best: null, resultHash: null })
    expect((await store().get('opt-1')).summary).toMatchObject({ state: 'failed', error })
    expect(await store().resume('opt-1')).toMatchObject({ state: 'running', error: null })
    expect(await store().end('opt-1', end)).toMatchObject({ state: 'done', durationMs: 1_000 })
    await expect(store().resume('opt-1')).rejects.toMatchObject({ data: { reason: 'done' } })
  })

  test('what runs is not deleted; what is deleted is gone with its trials', async () => {
    await store().create(newOptimisation('opt-1'))
    await store().addTrials(
      'opt-1',
      batch([0], () => 1),
    )
    await expect(store().delete('opt-1')).rejects.toMatchObject({ code: 'optimisation.running' })
    await store().end('opt-1', end)
    await store().delete('opt-1')
    for (const gone of [
      () => store().get('opt-1'),
      () => store().trials('opt-1'),
      () => store().delete('opt-1'),
      () => store().walk('opt-1'),
    ]) {
      await expect(gone()).rejects.toMatchObject({ code: 'optimisation.unknown' })
    }
  })

  test('the list is newest first and finds words of strategy, data and parameters', async () => {
    await store().create(newOptimisation('opt-1', { createdAt: 1 }))
    await store().create(newOptimisation('opt-2', { createdAt: 2, strategyName: 'breakout.ts' }))
    const ids = async (search: string) => {
      const { optimisations, total } = await store().list({ search, limit: 10, offset: 0 })
      return [...optimisations.map(({ id }) => id), total]
    }
    expect(await ids('')).toEqual(['opt-2', 'opt-1', 2])
    expect(await ids('CROSS fast')).toEqual(['opt-1', 1])
    expect((await store().list({ search: '', limit: 1, offset: 1 })).optimisations.map(({ id }) => id)).toEqual([
      'opt-1',
    ])
  })
}
