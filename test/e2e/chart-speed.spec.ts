import { benchChart } from '../bench/chart.ts'
import { expect, root, test } from './workstation.ts'

test('a million bars and a hundred thousand trades are all there and can be moved', async () => {
  test.setTimeout(240_000)
  const figures = await benchChart({ app: root })
  test.info().annotations.push({ type: 'figures', description: JSON.stringify(figures) })
  expect(figures.bars).toBe(1_000_000)
  expect(figures.trades).toBe(100_000)
})
