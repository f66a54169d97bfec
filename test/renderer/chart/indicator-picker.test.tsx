// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { indicatorCatalogue } from '../../../core/indicators/catalogue.ts'
import { catalogueEntry } from '../../../core/workstation/indicators.ts'
import { IndicatorDialog } from '../../../renderer/features/chart/indicator-dialog.tsx'
import { emptyShelf, findIndicators, readShelf, withRecent } from '../../../renderer/features/chart/indicator-search.ts'
import { type FakeBridge, fakeBridge } from '../../helpers/fake-bridge.ts'
import { click, find, press, render, resetWindow, settle, type } from '../../helpers/render.tsx'

const catalogue = indicatorCatalogue.map(catalogueEntry)
const found = (typed: string, family = '', language: 'en' | 'zh' = 'en') =>
  findIndicators(catalogue, { typed, family, language }, emptyShelf).flatMap(({ entries }) =>
    entries.map(({ id }) => id),
  )

describe('the search over the catalogue', () => {
  it('puts an exact name first: an id, then what another system calls it', () => {
    expect([found('rsi')[0], found('MovingAverageWilder')[0], found('rolling_vwap')[0]]).toEqual([
      'rsi',
      'smma',
      'qtpylib-rolling-vwap',
    ])
  })

  it('finds titles in both languages, whichever the window speaks', () => {
    expect([found('超级趋势')[0], found('supertrend', '', 'zh')[0], found('bollinger bands')[0]]).toEqual([
      'supertrend',
      'supertrend',
      'bollinger',
    ])
  })

  it('stays in the family that is chosen', () => {
    expect(found('average', 'volume')).not.toContain('sma')
    expect(found('', 'crossing')).toEqual(expect.arrayContaining(['cross-over', 'cross-up']))
  })

  it('shows every entry once when nothing is typed, what is at hand first', () => {
    const shelf = { recent: ['rsi', 'sma', 'gone'], favourites: ['sma'] }
    const sections = findIndicators(catalogue, { typed: '', family: '', language: 'en' }, shelf)
    expect(sections.slice(0, 2).map(({ heading, entries }) => [heading, entries.map(({ id }) => id)])).toEqual([
      ['favourites', ['sma']],
      ['recent', ['rsi']],
    ])
    expect(sections.flatMap(({ entries }) => entries)).toHaveLength(catalogue.length)
  })

  it('keeps the last eight that were used, and reads only what it can', () => {
    const shelf = [...'abcdefghij', 'c'].reduce((before, id) => withRecent(before, id), emptyShelf)
    expect(shelf.recent.join('')).toBe('cjihgfed')
    expect(readShelf({ recent: ['a', 7], favourites: 'x' })).toEqual({ recent: ['a'], favourites: [] })
  })
})

describe('the picker', () => {
  let service: FakeBridge
  const applied: unknown[] = []

  beforeEach(async () => {
    resetWindow()
    applied.length = 0
    service = fakeBridge()
    await render(
      <IndicatorDialog
        catalogue={catalogue}
        placed={null}
        onApply={(id, choice) => applied.push([id, choice])}
        onClose={() => undefined}
      />,
    )
    await settle()
  })

  const field = () => find('.chart-indicator-search input')

  it('shows formula, source, limits and names of the one that Enter would take', async () => {
    await type(field(), 'percent b')
    const details = find('.chart-indicator-details').textContent
    expect(details).toMatch(/Bollinger %B/)
    expect(details).toMatch(/布林 %B/)
    expect(details).toMatch(/\(x − lower\) \/ \(upper − lower\)/)
    expect(details).toMatch(/period 20 1 … 100000/)
    expect(details).toMatch(/backtraderBollingerBandsPct/)
  })

  it('is complete by keyboard: type, star, take, add', async () => {
    await type(field(), 'keltner')
    await press(field(), '*')
    expect(service.callsOf('settings.set').at(-1)).toMatchObject({ value: { favourites: ['keltner'] } })
    await press(field(), 'Enter')
    await settle()
    const form = find('.chart-indicator-form')
    expect(form.textContent).toMatch(/rangePeriod/)
    await click(find('.chart-indicator-form button[type=submit]'))
    expect(applied).toEqual([
      ['keltner', { params: expect.objectContaining({ period: 20 }), pane: 'catalogue', sources: [] }],
    ])
    expect(service.callsOf('settings.set').at(-1)).toMatchObject({ value: { recent: ['keltner'] } })
  })

  it('says so when nothing has the name', async () => {
    await type(field(), 'qqqq')
    expect(find('.chart-indicator-list').textContent).toMatch(/No indicator has this name/)
    expect(document.querySelector('.chart-indicator-details')).toBeNull()
  })
})
