import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createBarSeries } from '../../core/domain/bar-series.ts'
import type { ContractChain, FuturesContract } from '../../core/futures/contract-chain.ts'
import { stitchPrices } from '../../core/futures/multiple-prices.ts'
import { type ChainRows, chain, type RollOverRules, rollOver } from '../../core/futures/upstream-roll-over.ts'
import { firstRowDifference, stampMs } from './compare-rows.ts'
import type { Verdict } from './orders.ts'

interface StitchCase {
  readonly id: string
  readonly input: string
  readonly expected: string
  readonly roll_list?: string
  readonly tolerance?: { readonly absolute?: number }
}

/** Back-adjusted prices and rolls of files beside this one. */
export function checkStitches(cases: readonly StitchCase[], path: string): Verdict[] {
  return cases.map((one) => {
    const difference = stitchDifference(one, dirname(path))
    return difference === undefined ? { id: one.id, outcome: 'passed' } : { id: one.id, outcome: 'failed', difference }
  })
}

function stitchDifference(one: StitchCase, folder: string): string | undefined {
  const missing = [one.input, one.expected].find((file) => !existsSync(join(folder, file)))
  if (missing !== undefined) return `no ${missing} beside this file`
  const rows = readTable(join(folder, one.input))
  const text = (name: string) => rows.map((row) => row[name] ?? '')
  const time = Float64Array.from(text('date'), stampMs)
  const price = Float64Array.from(text('price'), numberOf)
  const forward = Float64Array.from(text('forward'), numberOf)
  const { adjusted, rolls } = stitchPrices({ time, price, forward, contract: text('price_contract') }, 'difference')
  const absolute = one.tolerance?.absolute ?? 1e-6
  const expected = readTable(join(folder, one.expected))
  if (expected.length !== adjusted.length) return `${expected.length} rows expected, got ${adjusted.length}`
  for (const [row, { date = '', adjusted: value = '' }] of expected.entries()) {
    if (stampMs(date) !== time[row]) return `row ${row + 1}: the date ${date} is expected`
    const got = adjusted[row] as number
    if (!(Math.abs(numberOf(value) - got) <= absolute)) return `${date}: expected ${value}, got ${got}`
  }
  if (one.roll_list === undefined) return undefined
  const wanted = JSON.parse(readFileSync(join(folder, one.roll_list), 'utf8')) as readonly ListedRoll[]
  return firstRowDifference(
    wanted.map((roll) => rollColumns.map((name) => roll[name])),
    rolls.map(({ from, to, row, oldPrice, newPrice }) => {
      return [time[row - 1] as number, time[row] as number, from, to, oldPrice, newPrice]
    }),
    rollColumns,
  )
}

const rollColumns = ['last_day_of_old', 'first_day_of_new', 'from', 'to', 'old_price', 'new_price'] as const
type ListedRoll = Readonly<Record<(typeof rollColumns)[number], string | number>>

interface RollOverFile {
  readonly contracts: readonly string[]
  /** `market/…/X.csv, contracts A to B; …` */
  readonly source: string
  readonly columns: readonly string[]
  readonly cases: readonly RollOverCase[]
}

interface RollOverCase {
  readonly id: string
  readonly note: string
  readonly bars: readonly (readonly unknown[])[]
}

/** What RollOver and Chainer deliver over contracts of a market file. */
export function checkRollOvers(file: RollOverFile, path: string): Verdict[] {
  const source = findAbove(file.source.split(/[ ,]/)[0] ?? '', path)
  return file.cases.map(({ id, note, bars }) => {
    if (source === undefined) return { id, outcome: 'failed', difference: `no ${file.source} above this file` }
    const contracts = readContracts(source, file.contracts)
    const rows = delivered({ id, note, bars }, contracts, path)
    if (typeof rows === 'string') return { id, outcome: 'failed', difference: rows }
    const difference = firstRowDifference(bars, shown(contracts, rows), file.columns)
    return difference === undefined ? { id, outcome: 'passed' } : { id, outcome: 'failed', difference }
  })
}

/** The rule is written in the case's note. */
function delivered({ id, note }: RollOverCase, contracts: ContractChain, path: string): ChainRows | string {
  if (/chainer/i.test(`${id} ${note}`)) return chain(contracts)
  const rules: { -readonly [Name in keyof RollOverRules]: RollOverRules[Name] } = {}
  if (/checkdate/.test(id)) {
    const calendar = /\(([^()]*\.csv)\)/.exec(note)?.[1] ?? 'market/future/GOLD-roll-calendar.csv'
    const file = findAbove(calendar, path)
    if (file === undefined) return `no ${calendar} above this file`
    const dates = new Map(readTable(file).map((row) => [row.current_contract, stampMs(row.date ?? '')]))
    rules.checkDate = (stamp, { code }) => stamp >= (dates.get(code) ?? Number.POSITIVE_INFINITY)
  }
  if (/condition/.test(id))
    rules.checkCondition = (current, next, { bar, nextBar }) =>
      (next.bars.close[nextBar] as number) > (current.bars.close[bar] as number)
  return rollOver(contracts, rules)
}

function shown(contracts: ContractChain, { contract, bar }: ChainRows) {
  return Array.from(contract, (at, row) => {
    const { code, bars } = contracts[at] as FuturesContract
    return [bars.closeTime[bar[row] as number] as number, code, bars.close[bar[row] as number] as number]
  })
}

function readContracts(path: string, codes: readonly string[]): ContractChain {
  const rows = readTable(path)
  return codes.map((code) => {
    const own = rows.filter((row) => row.contract === code)
    const bars = createBarSeries(own.length)
    for (const [index, { date = '', close = '' }] of own.entries()) {
      bars.time[index] = bars.closeTime[index] = stampMs(date)
      for (const name of ['open', 'high', 'low', 'close'] as const) bars[name][index] = Number(close)
    }
    return { code, expiry: null, bars }
  })
}

function findAbove(file: string, path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, file))) return join(folder, file)
    if (dirname(folder) === folder) return undefined
  }
}

function readTable(path: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? `${at}`, cell])))
}

function numberOf(text: string): number {
  return text === '' ? Number.NaN : Number(text)
}
