import { type SimulatedCharacter, simulateMinutes } from '../../data/simulated-market.ts'
import { zoneClock } from '../../data/zone-offsets.ts'
import { type BarSeries, createBarSeries } from '../../domain/bar-series.ts'
import type { InstrumentId } from '../../domain/ids.ts'
import type { InstrumentRecord } from '../../domain/instrument.ts'

/** One instrument of the data that a first start installs. */
export interface SampleInstrument {
  readonly record: InstrumentRecord
  readonly interval: string
  readonly bars: BarSeries
  /** Shown as where the bars came from. */
  readonly source: string
}

const dayMs = 86_400_000
const newYork = 'America/New_York'

/** S&P 500 days from the text of vega-datasets' `sp500-2000.csv`, and the simulated one-minute market. */
export function sampleInstruments(sp500Csv: string): SampleInstrument[] {
  return [standardAndPoors(sp500Csv), ...simulatedInstruments()]
}

function standardAndPoors(csv: string): SampleInstrument {
  const rows = csv.trim().split(/\r?\n/).slice(1)
  const bars = createBarSeries(rows.length)
  const days = rows.map((row) => Date.parse(`${row.slice(0, 10)}T00:00Z`))
  const clock = zoneClock(newYork)
  for (const [index, row] of rows.entries()) {
    const [, open, high, low, close, , volume] = row.split(',').map(Number)
    const day = days[index] as number
    bars.time[index] = clock.toUtc(day)
    bars.closeTime[index] = clock.toUtc(day + dayMs)
    bars.open[index] = open as number
    bars.high[index] = high as number
    bars.low[index] = low as number
    bars.close[index] = close as number
    bars.volume[index] = volume as number
  }
  bars.openInterest.fill(Number.NaN)
  const record: InstrumentRecord = {
    id: 'SPX' as InstrumentId,
    symbol: 'SPX',
    name: 'S&P 500',
    kind: 'index',
    currency: 'USD',
    tickSize: 0.01,
    lotSize: 1,
    multiplier: 1,
    zone: newYork,
    simulated: false,
  }
  return { record, interval: '1d', bars, source: 'vega-datasets sp500-2000.csv (Yahoo Finance)' }
}

const tradingDay = { open: 570, close: 960 }
/** 2024-01-08, a Monday, as days since 1970; twelve weeks. */
const firstDay = 19_730
const calendarDays = 84

const characters: readonly { readonly record: Partial<InstrumentRecord>; readonly character: SimulatedCharacter }[] = [
  {
    record: { id: 'SIM-AAA' as InstrumentId, name: 'SIM Trending share', kind: 'stock' },
    character: aCharacter({ seed: 11, startPrice: 100, drift: 4e-6, volatility: 6e-4 }),
  },
  {
    record: { id: 'SIM-BBB' as InstrumentId, name: 'SIM Reverting share', kind: 'stock' },
    character: aCharacter({ seed: 22, startPrice: 50, reversion: 1.5e-3, volatility: 7e-4 }),
  },
  {
    record: { id: 'SIM-FUT' as InstrumentId, name: 'SIM Index future', kind: 'future', tickSize: 0.25, multiplier: 50 },
    character: aCharacter({ seed: 33, startPrice: 4_800, tickSize: 0.25, volatility: 4e-4, meanVolume: 900 }),
  },
  {
    record: {
      id: 'SIM-COIN' as InstrumentId,
      name: 'SIM Coin, around the clock',
      kind: 'crypto',
      zone: 'UTC',
      lotSize: 0.0001,
    },
    character: aCharacter({
      seed: 44,
      startPrice: 30_000,
      tickSize: 0.5,
      volatility: 9e-4,
      meanVolume: 40,
      session: null,
    }),
  },
]

function aCharacter(
  special: Partial<SimulatedCharacter> & Pick<SimulatedCharacter, 'seed' | 'startPrice'>,
): SimulatedCharacter {
  const usual = { tickSize: 0.01, volatility: 6e-4, drift: 0, reversion: 0, meanVolume: 5_000, session: tradingDay }
  return { ...usual, ...special }
}

function simulatedInstruments(): SampleInstrument[] {
  return characters.map(({ record: special, character }) => {
    const record: InstrumentRecord = {
      id: 'SIM' as InstrumentId,
      symbol: special.id ?? 'SIM',
      name: 'SIM',
      kind: 'stock',
      currency: 'USD',
      tickSize: character.tickSize,
      lotSize: 1,
      multiplier: 1,
      zone: newYork,
      ...special,
      simulated: true,
    }
    const bars = simulateMinutes(character, { firstDay, days: calendarDays, zone: record.zone })
    return { record, interval: '1m', bars, source: `simulated, seed ${character.seed}` }
  })
}
