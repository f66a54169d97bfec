import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createBarSeries } from '../../../core/domain/bar-series.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { createLearnedRecipes } from '../../../core/workstation/learned-recipes.ts'
import type { ImportPreview, ImportRecipe } from '../../../core/workstation/ports.ts'

const inferred = { separator: ',', headerRows: 1, zone: 'UTC', stamp: 'open', interval: '1m' } as ImportRecipe

function aDesk(header = 'Date,Time,Open,Close') {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const desk = { header, badRowsWith: (_recipe: ImportRecipe | null) => 0 }
  const inspect = async (_path: string, recipe: ImportRecipe | null) =>
    ({
      recipe: recipe ?? inferred,
      doubts: recipe === null ? ['zone', 'stamp'] : [],
      rows: [desk.header.split(','), ['2024-01-02', '09:30', '1', '2']],
      badRows: Array.from({ length: desk.badRowsWith(recipe) }),
      bars: createBarSeries(0),
    }) as unknown as ImportPreview
  const absent = () => Promise.reject(new Error('not here'))
  const importer = { inspect, import: absent, ticks: absent, quotes: absent, market: absent }
  const stores = createMemoryStores({ clock: { now: () => 0 }, sha256 })
  return { desk, recipes: createLearnedRecipes({ importer, stores, sha256 }) }
}

test('a zone that was corrected once is known for the next file with the same header, and no longer in doubt', async () => {
  const { recipes } = aDesk()
  await recipes.learn('may.csv', { ...inferred, zone: 'America/New_York' })
  const { preview, learned } = await recipes.inspect('june.csv')
  expect(learned).toEqual(['zone'])
  expect(preview.recipe).toEqual({ ...inferred, zone: 'America/New_York' })
  expect(preview.doubts).toEqual(['stamp'])
})

test('the interval is read from each file, never remembered', async () => {
  const { recipes } = aDesk()
  await recipes.learn('may.csv', { ...inferred, interval: '1d' })
  expect((await recipes.inspect('june.csv')).learned).toEqual([])
})

test('a file with another header is inferred afresh', async () => {
  const { desk, recipes } = aDesk()
  await recipes.learn('may.csv', { ...inferred, zone: 'Asia/Tokyo' })
  desk.header = 'Time,Last,Bid,Ask'
  expect((await recipes.inspect('other.csv')).preview.recipe.zone).toBe('UTC')
})

test('accepting the guess again forgets an earlier correction', async () => {
  const { recipes } = aDesk()
  await recipes.learn('may.csv', { ...inferred, zone: 'Asia/Tokyo' })
  await recipes.learn('may.csv', inferred)
  expect((await recipes.inspect('june.csv')).learned).toEqual([])
})

test('a correction that makes more rows bad is not applied', async () => {
  const { desk, recipes } = aDesk()
  await recipes.learn('may.csv', { ...inferred, separator: ';' })
  desk.badRowsWith = (recipe) => (recipe === null ? 0 : 3)
  expect((await recipes.inspect('june.csv')).preview.recipe.separator).toBe(',')
})
