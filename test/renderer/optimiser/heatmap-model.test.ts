import { expect, test } from 'vitest'
import { heatmapOf } from '../../../renderer/features/optimiser/heatmap-model.ts'
import type { OptimisationDetail, Trials } from '../../../renderer/features/optimiser/use-stored.ts'

type Axis = OptimisationDetail['axes'][number]

const axis = (name: string, values: Axis['values']): Axis => ({ name, values, from: 0, to: 1 })

/** Trials as [fast, slow, rank, Sharpe]. */
function trialsOf(
  rows: readonly (readonly [number, number, number, number])[],
  texts: Record<string, string[]> = {},
): Trials {
  const column = (at: number) => Float64Array.from(rows, (row) => row[at] as number)
  return {
    reply: { rows: rows.length, texts, failures: [] },
    columns: { 'param:fast': column(0), 'param:slow': column(1), rank: column(2), 'metric:sharpe': column(3) },
  }
}

const detailOf = (...axes: readonly Axis[]) => ({ axes, overfitting: null }) as unknown as OptimisationDetail
const chosen = { x: 'fast', y: 'slow', metric: 'metric:sharpe' }

test('the largest value stands at the top; a cell without a trial is empty', () => {
  const detail = detailOf(axis('fast', [5, 7]), axis('slow', [30, 40]))
  const map = heatmapOf(
    detail,
    trialsOf([
      [5, 30, 2, 0.1],
      [7, 30, 3, 0.05],
      [7, 40, 1, 0.4],
    ]),
    chosen,
  )
  expect(map.x).toEqual(['5', '7'])
  expect(map.y).toEqual(['40', '30'])
  expect([...map.values]).toEqual([Number.NaN, 0.4, 0.1, 0.05])
  expect([...map.rows]).toEqual([-1, 2, 0, 1])
  expect([map.least, map.most]).toEqual([0.05, 0.4])
})

test('where a third parameter varies, the best trial of the cell is shown; trials without a score are not', () => {
  const detail = detailOf(axis('fast', [5]), axis('slow', [30]), axis('third', [1, 2, 3]))
  const map = heatmapOf(
    detail,
    trialsOf([
      [5, 30, 3, 0.1],
      [5, 30, 1, 0.4],
      [5, 30, Number.NaN, 9],
    ]),
    chosen,
  )
  expect([...map.values]).toEqual([0.4])
})

test('texts stand in the order in which they were listed', () => {
  const detail = detailOf(axis('fast', ['trend', 'revert']), axis('slow', [30]))
  const map = heatmapOf(detail, trialsOf([[1, 30, 1, 0.7]], { 'param:fast': ['trend', 'revert'] }), chosen)
  expect(map.x).toEqual(['trend', 'revert'])
  expect([...map.values]).toEqual([Number.NaN, 0.7])
})

test('an axis of any number is cut into equal parts', () => {
  const detail = detailOf(axis('fast', null), axis('slow', [30]))
  const map = heatmapOf(
    detail,
    trialsOf([
      [0, 30, 1, 0.7],
      [1, 30, 2, 0.2],
    ]),
    chosen,
  )
  expect(map.x).toHaveLength(24)
  expect([map.values[0], map.values[23]]).toEqual([0.7, 0.2])
})
