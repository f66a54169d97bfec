import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { BarSeries } from '../../domain/bar-series.ts'
import { DomainError, isDomainError } from '../../domain/errors.ts'
import { type Adjustment, adjustments } from '../../futures/back-adjust.ts'
import type { WeighedRolls } from '../../futures/continuous-series.ts'
import type { ContractChain, FuturesContract } from '../../futures/contract-chain.ts'
import { deliveryNumber, parseContractCode } from '../../futures/contract-code.ts'
import { contractCodes, contractsFromTable, namesContracts } from '../../futures/contracts-table.ts'
import { expiryDay } from '../../futures/expiry-rule.ts'
import { dateColumn, readPriceTable, tableColumn } from '../../futures/price-table.ts'
import { futuresProduct } from '../../futures/products.ts'
import type { RollRule } from '../../futures/roll-rule.ts'
import { parseRollRule, rollRuleGrammar } from '../../futures/roll-rule-text.ts'
import { usualWeighedBars } from '../../futures/weigh-rolls.ts'
import { inspectFile, importFile as readWhole } from '../import/import-file.ts'
import { corrected, givenRecipe, importOptions } from './import-file.ts'
import { text, texts, UsageError, type VerbContext } from './verb.ts'

/** Options that say which contracts, when they end and when they are left. */
export const contractOptions = {
  contracts: { type: 'string' },
  roll: { type: 'string' },
  expiry: { type: 'string', multiple: true },
  notice: { type: 'string', multiple: true },
  product: { type: 'string' },
  adjust: { type: 'string' },
  interval: { type: 'string' },
  ...importOptions,
} as const

const dayMs = 86_400_000

/** The adjustment of `--adjust`, by its own name or as `panama` and `forward`; `difference` unless told. */
export function adjustmentOf(given: string | undefined): Adjustment {
  const other: Readonly<Record<string, Adjustment>> = { panama: 'difference', forward: 'forward-difference' }
  const wanted = given === undefined ? 'difference' : (other[given] ?? adjustments.find((each) => each === given))
  if (wanted !== undefined) return wanted
  throw new UsageError(
    `--adjust is panama (difference), ratio, forward, forward-ratio, weighted[:N] (not for multiple prices) or none, was “${given}”`,
  )
}

/** What `--adjust` makes of a chain: an adjustment, or rolls that take several bars (`weighted:N`). */
export function fittingOf(given: string | undefined): Adjustment | WeighedRolls {
  const over = /^(?:weighted|perpetual)(?::(\d+))?$/.exec(given ?? '')
  if (over === null) return adjustmentOf(given)
  const bars = Number(over[1] ?? usualWeighedBars)
  if (bars < 2 || bars > 60) throw new UsageError(`--adjust weighted:N takes 2 to 60 bars, was “${given}”`)
  return { over: bars }
}

/** The rule of `--roll`; contracts are left when they end unless told. */
export async function rollRule(given = 'end'): Promise<RollRule> {
  const calendar = /^calendar:(.+)$/s.exec(given)?.[1]
  if (calendar !== undefined) return { kind: 'calendar', dates: await rollDates(calendar) }
  const rule = parseRollRule(given)
  if (rule === undefined) throw new UsageError(`--roll is ${rollRuleGrammar}; or calendar:FILE. It was “${given}”`)
  return rule
}

/** Rows `date,contract` of a roll calendar: from that date on the contract after it is held. */
async function rollDates(path: string): Promise<Record<string, number>> {
  const table = readPriceTable(path, withNames(await readText(resolve(path))))
  const times = dateColumn(table, 'date')
  const codes = tableColumn(table, ['current_contract', 'contract', 'from'])
  return Object.fromEntries(codes.map((code, row) => [code, times[row] as number]))
}

/** A calendar without a first row of names has its two columns. */
function withNames(content: string): string {
  return /^\d{4}-\d\d-\d\d[,;\t]/.test(content) ? `date,contract\n${content.replaceAll(/[;\t]/g, ',')}` : content
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const code = cause.code === 'ENOENT' ? 'import.file-missing' : 'import.file-unreadable'
    throw new DomainError(code, { path, reason: cause.code ?? cause.message }, { cause })
  })
}

/**
 * The chain of the files named: one file a contract, a folder of such files, or one file with a column of contracts.
 * --contracts says which and in what order; several files stand as they are named; all else is put in order of delivery.
 * --product, --expiry and --notice say when contracts end.
 */
export async function readChain(context: VerbContext): Promise<ContractChain> {
  const { positionals, values } = context
  const own = text(values, 'contracts')?.split(',')
  const files = await filesOf(positionals.map((path) => resolve(path)))
  const read =
    files.length === 1 ? await readOne(context, files[0] as string, own) : await readEach(context, files, own)
  const contracts = own === undefined && positionals.length === 1 ? inDeliveryOrder(read) : read
  const expiries = datesOf('expiry', texts(values, 'expiry'))
  const notices = datesOf('notice', texts(values, 'notice'))
  const root = text(values, 'product')
  return contracts.map(({ code, bars }) => {
    const days = root === undefined ? undefined : contractDays(root, code, lastYear(bars))
    const expiry = expiries.get(code) ?? days?.lastTrade ?? null
    return { code, bars, expiry, firstNotice: notices.get(code) ?? days?.firstNotice ?? null }
  })
}

/** Last trade and first notice by the rules of a product, EpochMs; the exchange's holidays are not in them. */
function contractDays(root: string, code: string, year: number) {
  const { lastTrade, firstNotice } = futuresProduct(root)
  const delivery = parseContractCode(code, year)
  return {
    lastTrade: expiryDay(lastTrade, delivery) * dayMs,
    firstNotice: firstNotice === null ? null : expiryDay(firstNotice, delivery) * dayMs,
  }
}

/** A code with one digit for the year means a year near its own bars. */
const lastYear = (bars: BarSeries) => new Date(bars.time.at(-1) ?? 0).getUTCFullYear()

async function filesOf(paths: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    paths.map(async (path) => {
      const info = await stat(path).catch(() => undefined)
      if (info?.isDirectory() !== true) return [path]
      const names = (await readdir(path)).filter((name) => /\.(csv|txt|tsv)(\.gz)?$/i.test(name))
      if (names.length === 0) throw new DomainError('import.empty', { path })
      return names.toSorted().map((name) => join(path, name))
    }),
  )
  return lists.flat()
}

/** By delivery where every code says it, else as they are. */
function inDeliveryOrder(contracts: ContractChain): ContractChain {
  try {
    return contracts
      .map((contract) => ({
        contract,
        delivery: deliveryNumber(parseContractCode(contract.code, lastYear(contract.bars))),
      }))
      .toSorted((a, b) => a.delivery - b.delivery)
      .map(({ contract }) => contract)
  } catch (failure) {
    if (isDomainError(failure) && failure.code === 'futures.code') return contracts
    throw failure
  }
}

async function readEach(
  context: VerbContext,
  files: readonly string[],
  own: readonly string[] | undefined,
): Promise<ContractChain> {
  const contracts: FuturesContract[] = []
  for (const [at, path] of files.entries()) {
    const code = own?.[at] ?? basename(path).replace(/\.[a-z]+(\.gz)?$/i, '')
    contracts.push({ code, expiry: null, bars: await importContract(context, path) })
  }
  return contracts
}

/** One file: the contracts of its column, or one contract where it has none. */
async function readOne(context: VerbContext, path: string, own: readonly string[] | undefined): Promise<ContractChain> {
  const content = /\.gz$/i.test(path) ? '' : await readText(path)
  if (!namesContracts(content)) return readEach(context, [path], own)
  const table = readPriceTable(path, content)
  const isCorrected = Object.keys(importOptions).some((name) => context.values[name] !== undefined)
  const all = isCorrected ? await importEach(context, path, contractCodes(table)) : contractsFromTable(table)
  return own === undefined ? all : own.map((code) => named(all, code, path))
}

function named(all: ContractChain, code: string, path: string): FuturesContract {
  const found = all.find((contract) => contract.code === code)
  if (found === undefined) throw new DomainError('futures.contract-missing', { path, contract: code })
  return found
}

/** The contracts of a file whose rows need what the user says about their form. */
async function importEach(context: VerbContext, path: string, codes: readonly string[]): Promise<ContractChain> {
  const contracts: FuturesContract[] = []
  for (const code of codes) contracts.push({ code, expiry: null, bars: await importContract(context, path, code) })
  return contracts
}

function datesOf(option: string, given: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    given.map((one): readonly [string, number] => {
      const [, code, date] = /^([^=]+)=(\d{4}-\d\d-\d\d)$/.exec(one) ?? []
      if (code === undefined || date === undefined)
        throw new UsageError(`--${option} is a contract and its date such as 202403=2024-03-15, was “${one}”`)
      return [code, Date.parse(date)]
    }),
  )
}

async function importContract(context: VerbContext, path: string, code?: string): Promise<BarSeries> {
  const { recipe: inferred } = await inspectFile(path, await givenRecipe(context))
  const recipe = corrected(context, inferred, text(context.values, 'interval'))
  const pick = recipe.pick === undefined || code === undefined ? recipe.pick : { ...recipe.pick, value: code }
  const control = { onProgress: () => undefined, cancelled: () => false }
  return (await readWhole(path, { ...recipe, ...(pick === undefined ? {} : { pick }) }, control)).series
}
