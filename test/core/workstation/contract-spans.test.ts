import { expect, test } from 'vitest'
import { sha256 } from '../../../core/node/store/packed-columns.ts'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { putSpans, tradedContracts } from '../../../core/workstation/contract-spans.ts'
import { barsOf } from '../../helpers/bars-of.ts'

const spans = [
  { code: 'G24', first: 0, shift: 10, factor: 1, gap: null },
  { code: 'J24', first: 86_400_000, shift: 0, factor: 1, gap: 10 },
]

async function aSeries() {
  const stores = createMemoryStores({ clock: { now: () => 1 }, sha256 })
  const write = (close: number) =>
    stores.bars.upsert('G.c', '1d', barsOf([[close, close, close, close, 1]], 0), 'continuous')
  await putSpans(stores.settings, 'G.c', { interval: '1d', hash: (await write(5)).hash, spans })
  const series = { instrument: 'G.c', interval: '1d', sourceInterval: '1d' }
  return { stores, write, series }
}

test('a run over a stored series trades its contracts, unless it says otherwise', async () => {
  const { stores, series } = await aSeries()
  const given = { profile: 'default' as const }
  expect(await tradedContracts(stores, series, given)).toEqual(spans)
  expect(await tradedContracts(stores, series, { ...given, broker: { futures: 'series' } })).toBeUndefined()
  expect(await tradedContracts(stores, series, { profile: 'backtrader' })).toBeUndefined()
  expect(await tradedContracts(stores, { ...series, instrument: 'SPX' }, given)).toBeUndefined()
})

test('while bars and contracts do not belong together no run begins', async () => {
  const { stores, series, write } = await aSeries()
  await write(6)
  await expect(tradedContracts(stores, series, { profile: 'default' })).rejects.toMatchObject({
    ...{ code: 'futures.rebuilding', data: { instrument: 'G.c' } },
  })
  await putSpans(stores.settings, 'G.c', undefined)
  expect(await tradedContracts(stores, series, { profile: 'default' })).toBeUndefined()
})
