import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createBarSeries } from '../../core/domain/bar-series.ts'
import type { ContractChain, FuturesContract } from '../../core/futures/contract-chain.ts'
import { stitchPrices } from '../../core/futures/multiple-prices.ts'
import { type ChainRows, chain, type RollOverRules, rollOver } from '../../core/futures/upstream-roll-over.ts'
import { findMarketFile } from './collection.ts'
import { firstRowDifference, stampMs } from './compare-rows.ts'
import type { Verdict } from './orders.ts'

interface StitchCase {
  readonly id: string
  readonly input: string
  readonly expected: string
  readonly roll_list?: string
  readonly definition?: string
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
  const adjustment = /\b(ratio|proportional)/i.test(one.definition ?? '') ? 'ratio' : 'difference'
  const { adjusted, rolls } = stitchPrices({ time, price, forward, contract: text('price_contract') }, adjustment)
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
  const source = findMarketFile(file.source.split(/[ ,]/)[0] ?? '', path)
  return file.cases.map((one) => {
    const { id } = one
    if (source === undefined) return { id, outcome: 'failed', difference: `no ${file.source} above this file` }
    const contracts = readContracts(source, file.contracts)
    const chains = /chainer/i.test(`${id} ${one.note}`)
    const rules = chains ? {} : rulesOf(one, file, path)
    if (typeof rules === 'string') return { id, outcome: 'unsupported', feature: rules }
    const rows = chains ? chain(contracts) : rollOver(contracts, rules)
    const difference = firstRowDifference(one.bars, shown(contracts, rows), file.columns)
    return difference === undefined ? { id, outcome: 'passed' } : { id, outcome: 'failed', difference }
  })
}

/** The rules are written in the case's note; a text: what cannot be understood. */
function rulesOf({ id, note }: RollOverCase, file: RollOverFile, path: string): RollOverRules | string {
  const rules: { -readonly [Name in keyof RollOverRules]: RollOverRules[Name] } = {}
  if (/checkdate/.test(id)) {
    // The calendar is named once and holds for the cases after it.
    const named = /\(([^()]*\.csv)\)/.exec([note, ...file.cases.map((one) => one.note)].join(' '))?.[1]
    const calendar = named === undefined ? undefined : findMarketFile(named, path)
    if (calendar === undefined) return `roll calendar ${named}`
    const dates = new Map(readTable(calendar).map((row) => [row.current_contract, stampMs(row.date ?? '')]))
    rules.checkDate = (stamp, { code }) => stamp >= (dates.get(code) ?? Number.POSITIVE_INFINITY)
  }
  if (/condition/.test(id)) {
    const condition = conditionOf(note)
    if (condition === undefined) return `checkcondition ${note}`
    rules.checkCondition = condition
  }
  return rules
}

/** `close of the next contract above close of the current one` */
function conditionOf(note: string): RollOverRules['checkCondition'] {
  const [, field, way] =
    /(open|high|low|close|volume|open ?interest) of the next contract (above|below)/.exec(note) ?? []
  if (field === undefined) return undefined
  const name = field.startsWith('open') && field.length > 4 ? 'openInterest' : (field as 'close')
  return (current, next, { bar, nextBar }) => {
    const gap = (next.bars[name][nextBar] as number) - (current.bars[name][bar] as number)
    return way === 'above' ? gap > 0 : gap < 0
  }
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
    for (const [index, row] of own.entries()) {
      bars.time[index] = bars.closeTime[index] = stampMs(row.date ?? '')
      for (const name of ['open', 'high', 'low', 'close'] as const) bars[name][index] = Number(row[name] ?? row.close)
      bars.volume[index] = Number(row.volume ?? 0)
      bars.openInterest[index] = Number(row.openinterest ?? 0)
    }
    return { code, expiry: null, bars }
  })
}

function readTable(path: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? `${at}`, cell])))
}

function numberOf(text: string): number {
  return text === '' ? Number.NaN : Number(text)
}
