import { type BarSeries, createBarSeries } from '../domain/bar-series.ts'
import { seededRandom } from '../lib/seeded-random.ts'
import { zoneClock } from './zone-offsets.ts'

/** How a simulated instrument behaves; all ratios are per minute. */
export interface SimulatedCharacter {
  readonly seed: number
  readonly startPrice: number
  readonly tickSize: number
  /** Standard deviation of a minute's return. */
  readonly volatility: number
  /** Mean return of a minute. */
  readonly drift: number
  /** Pull towards the start price: share of the distance taken back each minute. */
  readonly reversion: number
  /** Mean volume of a minute, in units. */
  readonly meanVolume: number
  /** Local minutes of a trading day, [open, close); null trades around the clock, weekends included. */
  readonly session: { readonly open: number; readonly close: number } | null
}

const minuteMs = 60_000
const dayMs = 86_400_000
const stepsPerMinute = 4

/**
 * One-minute bars of a market that does not exist: for first steps without a data vendor, always labelled SIM.
 * Deterministic and bit-identical on every machine: seeded, and only + − × ÷ and rounding are used.
 * `firstDay` and `days` are local calendar days since 1970-01-01; weekends are left out when there is a session.
 */
export function simulateMinutes(
  character: SimulatedCharacter,
  period: { readonly firstDay: number; readonly days: number; readonly zone: string },
): BarSeries {
  const times = sessionMinutes(character, period)
  const bars = createBarSeries(times.length)
  const chance = seededRandom(character.seed)
  let price = character.startPrice
  for (let index = 0; index < times.length; index++) {
    bars.time[index] = times[index] as number
    bars.closeTime[index] = (times[index] as number) + minuteMs
    price = simulateBar(bars, index, price, character, chance)
  }
  bars.openInterest.fill(Number.NaN)
  return bars
}

function simulateBar(
  bars: BarSeries,
  index: number,
  from: number,
  { volatility, drift, reversion, startPrice, tickSize, meanVolume }: SimulatedCharacter,
  chance: () => number,
): number {
  const snap = (value: number) => Math.max(tickSize, roundTo(value, tickSize))
  const open = snap(from)
  let high = open
  let low = open
  let price = from
  for (let step = 0; step < stepsPerMinute; step++) {
    const pull = (reversion * (startPrice - price)) / startPrice / stepsPerMinute
    price *= 1 + drift / stepsPerMinute + (volatility / 2) * nearNormal(chance) + pull
    const shown = snap(price)
    if (shown > high) high = shown
    if (shown < low) low = shown
  }
  bars.open[index] = open
  bars.high[index] = high
  bars.low[index] = low
  bars.close[index] = snap(price)
  // Moves attract volume: a wide bar trades up to a few times the mean.
  const width = (high - low) / (open * volatility)
  bars.volume[index] = Math.floor(meanVolume * (0.4 + 0.8 * chance() + 0.3 * width))
  return price
}

/** Multiples of a decimal tick without the tail that x × 0.01 leaves: the division by a whole number is exact to the last bit. */
function roundTo(value: number, tickSize: number): number {
  const perUnit = Math.round(1 / tickSize)
  return Math.abs(perUnit * tickSize - 1) < 1e-9
    ? Math.round(value * perUnit) / perUnit
    : Math.round(value / tickSize) * tickSize
}

function sessionMinutes(
  { session }: SimulatedCharacter,
  { firstDay, days, zone }: { readonly firstDay: number; readonly days: number; readonly zone: string },
): number[] {
  const times: number[] = []
  const clock = zoneClock(zone)
  for (let day = firstDay; day < firstDay + days; day++) {
    const weekday = (((day + 4) % 7) + 7) % 7
    if (session !== null && (weekday === 0 || weekday === 6)) continue
    const { open, close } = session ?? { open: 0, close: 1_440 }
    const from = clock.toUtc(day * dayMs + open * minuteMs)
    const to = clock.toUtc(day * dayMs + close * minuteMs)
    for (let time = from; time < to; time += minuteMs) times.push(time)
  }
  return times
}

/** Irwin–Hall sum of four: close to a standard normal and free of logarithms. */
function nearNormal(chance: () => number): number {
  return (chance() + chance() + chance() + chance() - 2) * 1.7320508
}
