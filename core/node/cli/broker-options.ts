import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { brokerSchema } from '../../contract/broker-schemas.ts'
import type { Takes } from '../../contract/contract.ts'
import { readCashFlow, readPastFill } from '../../domain/run-notation.ts'
import { commissionOf } from './cost-options.ts'
import { flag, momentOf, number, text, texts, UsageError, type VerbContext } from './verb.ts'

type Config = Takes<'backtest.start'>
type Broker = NonNullable<Config['broker']>
type MarketFile = NonNullable<Config['marketFiles']>[number]

/** Options of the simulated broker. */
export const brokerOptions = {
  filler: { type: 'string' },
  'cheat-on-open': { type: 'boolean' },
  'cheat-on-close': { type: 'boolean' },
  'margin-call': { type: 'string' },
  'fund-start': { type: 'string' },
  'fund-history': { type: 'string' },
  'cash-flow': { type: 'string', multiple: true },
  'commission-of': { type: 'string', multiple: true },
  history: { type: 'string' },
  broker: { type: 'string', multiple: true },
  ticks: { type: 'string', multiple: true },
  quotes: { type: 'string', multiple: true },
} as const

/** How `brokerOptions` are written. */
export const brokerUsage =
  '[--filler fixed-size:N|bar-percent:P|bar-point-percent:P,STEP] [--cheat-on-open] [--cheat-on-close] [--margin-call R] [--fund-start N] [--fund-history FILE] [--cash-flow DATE=AMOUNT …] [--commission-of NAME=SCHEME …] [--history FILE] [--broker SETTING=VALUE …] [--ticks [NAME=]FILE …] [--quotes [NAME=]FILE …]'

/** What the command line asks of the broker; undefined when nothing. */
export function brokerFrom(context: VerbContext): Broker | undefined {
  const { values } = context
  const marginCall = number(values, 'margin-call')
  const fund = fundOf(context)
  const filler = text(values, 'filler')
  const history = text(values, 'history')
  const flows = texts(values, 'cash-flow').map(cashFlow)
  const commissions = texts(values, 'commission-of').map((pair) => commissionPair(pair))
  const broker: Record<string, unknown> = {
    ...(filler === undefined ? {} : { filler: fillerOf(filler) }),
    ...(flag(values, 'cheat-on-open') ? { cheatOnOpen: true } : {}),
    ...(flag(values, 'cheat-on-close') ? { cheatOnClose: true } : {}),
    ...(marginCall === undefined ? {} : { marginCall: { maintenance: marginCall } }),
    ...(fund === undefined ? {} : { fund }),
    ...(flows.length === 0 ? {} : { cashFlows: flows }),
    ...(commissions.length === 0 ? {} : { commissions: Object.fromEntries(commissions) }),
    ...(history === undefined ? {} : { history: historyOf(history) }),
    ...Object.fromEntries(texts(values, 'broker').map(setting)),
  }
  return Object.keys(broker).length === 0 ? undefined : (broker as Broker)
}

/** Ticks and quotes of the command line; a file without a name belongs to the first instrument. */
export function marketFilesFrom({ values }: VerbContext, instruments: readonly string[]): MarketFile[] | undefined {
  const files = (['ticks', 'quotes'] as const).flatMap((option) =>
    texts(values, option).map((value): MarketFile => {
      const at = value.indexOf('=')
      const [instrument, path] = at < 1 ? [instruments[0] ?? '', value] : [value.slice(0, at), value.slice(at + 1)]
      return { instrument, kind: option === 'ticks' ? 'tick' : 'quote', path: resolve(path) }
    }),
  )
  return files.length === 0 ? undefined : files
}

function fillerOf(value: string): NonNullable<Broker['filler']> {
  const [kind, amounts = ''] = value.split(':')
  const [first, second] = amounts === '' ? [] : amounts.split(',').map(Number)
  if (kind === 'none') return { kind }
  if (kind === 'fixed-size') return { kind, size: first ?? null }
  if (kind === 'bar-percent') return { kind, percent: first ?? 100 }
  if (kind === 'bar-point-percent') return { kind, percent: first ?? 100, minimumMove: second ?? null }
  throw new UsageError(`--filler is fixed-size:30, bar-percent:10 or bar-point-percent:10,0.01, was “${value}”`)
}

function cashFlow(pair: string): { time: number; amount: number } {
  const flow = readCashFlow(pair)
  if (flow !== undefined) return flow
  throw new UsageError(`--cash-flow is DATE=AMOUNT, was “${pair}”`)
}

function commissionPair(pair: string): [string, Config['commission']] {
  const at = pair.indexOf('=')
  if (at < 1) throw new UsageError(`--commission-of is NAME=SCHEME, was “${pair}”`)
  return [pair.slice(0, at), commissionOf(pair.slice(at + 1))]
}

/** `setting=value` with the names of the contract; what is no number, word of truth or JSON is text. */
function setting(pair: string): [string, unknown] {
  const at = pair.indexOf('=')
  const name = pair.slice(0, at)
  if (at < 1 || !(name in brokerSchema.shape)) {
    throw new UsageError(`--broker is SETTING=VALUE with one of ${Object.keys(brokerSchema.shape).join(', ')}`)
  }
  const value = pair.slice(at + 1)
  try {
    return [name, JSON.parse(value)]
  } catch {
    return [name, value]
  }
}

/** The fund of the command line; its shares start at 100 unless told. */
function fundOf({ values }: VerbContext): Broker['fund'] {
  const start = number(values, 'fund-start')
  const path = text(values, 'fund-history')
  if (path === undefined) return start === undefined ? undefined : { start }
  const history = rowsOf(path).map((row, index) => {
    const [date = '', share, value] = row.split(',').map((cell) => cell.trim())
    const statement = { time: momentOf('fund-history', date), share: Number(share), value: Number(value) }
    if (!(statement.share > 0) || !Number.isFinite(statement.share + statement.value)) {
      throw new UsageError(`--fund-history: row ${index + 1} of ${path} is not time,share,value: “${row}”`)
    }
    return statement
  })
  return { start: start ?? 100, history }
}

/** Rows of a file, without the head line if it has one. */
function rowsOf(path: string): string[] {
  const rows = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  return /\d/.test(rows[0]?.split(',')[0] ?? '') ? rows : rows.slice(1)
}

/** Rows `time,instrument,size,price`, with or without a head line. */
function historyOf(path: string): NonNullable<Broker['history']> {
  return rowsOf(path).map((row, index) => {
    const fill = readPastFill(row)
    if (fill !== undefined) return fill
    throw new UsageError(`--history: row ${index + 1} of ${path} is not time,instrument,size,price: “${row}”`)
  })
}
