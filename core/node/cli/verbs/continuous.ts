import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type BarSeries, barColumnNames } from '../../../domain/bar-series.ts'
import { DomainError } from '../../../domain/errors.ts'
import type { Adjustment } from '../../../futures/back-adjust.ts'
import { type ContinuousSeries, continuousSeries } from '../../../futures/continuous-series.ts'
import type { ContractChain } from '../../../futures/contract-chain.ts'
import type { RollRule } from '../../../futures/roll-rule.ts'
import { inspectFile, importFile as readWhole } from '../../import/import-file.ts'
import { corrected, givenRecipe, importOptions } from '../import-file.ts'
import { dateCell, jsonColumns, textTable } from '../output.ts'
import { exitCode, positional, text, texts, UsageError, type Verb, type VerbContext } from '../verb.ts'

/** Joins contracts of a future straight from files: nothing is stored and no data folder is needed. */
export const continuousVerb: Verb = {
  name: 'continuous',
  words: Number.POSITIVE_INFINITY,
  usage:
    'continuous FILE [FILE …] [--contracts A,B,C] [--roll end|volume[:N]|open-interest[:N]|last-bars:N|expiry[:DAYS]|calendar:FILE] [--expiry CODE=DATE …] [--adjust none|difference|ratio] [--zone …] [--interval …]',
  about:
    'One continuous series of a future: {contracts, rolls, bars, columns}. One file per contract in order of expiry, or ' +
    'one file with a column of contracts. --roll says when a contract is left (default: when it ends), --adjust how ' +
    'earlier ones are fitted to the last.',
  options: {
    contracts: { type: 'string' },
    roll: { type: 'string' },
    expiry: { type: 'string', multiple: true },
    adjust: { type: 'string' },
    interval: { type: 'string' },
    ...importOptions,
  },
  async run(context) {
    positional(context, 0, 'FILE')
    const adjustment = adjustmentOf(text(context.values, 'adjust') ?? 'difference')
    const rule = await rollRule(text(context.values, 'roll') ?? 'end')
    const chain = await readChain(context)
    const series = continuousSeries(chain, rule, adjustment)
    const codes = Array.from(series.contract, (at) => chain[at]?.code ?? '')
    const columns = Object.fromEntries(barColumnNames.map((name) => [name, series.bars[name]]))
    const document = {
      contracts: chain.map(({ code }) => code),
      rolls: series.rolls.map((roll) => ({ ...roll, oldPrice: known(roll.oldPrice), newPrice: known(roll.newPrice) })),
      bars: series.bars.length,
      columns: { ...jsonColumns(columns), contract: codes },
    }
    context.output.answer(document, () => report(series))
    return exitCode.done
  },
}

const known = (price: number) => (Number.isNaN(price) ? null : price)

function adjustmentOf(given: string): Adjustment {
  if (given === 'none' || given === 'difference' || given === 'ratio') return given
  throw new UsageError(`--adjust is none, difference or ratio, was “${given}”`)
}

async function rollRule(given: string): Promise<RollRule> {
  const [kind = '', detail] = given.split(/:(.*)/s)
  const count = detail === undefined ? undefined : Number(detail)
  const isCount = count === undefined || (Number.isInteger(count) && count >= 0)
  if (kind === 'end') return { kind }
  if (kind === 'calendar' && detail !== undefined) return { kind, dates: await rollDates(detail) }
  if (kind === 'last-bars' && count !== undefined && isCount) return { kind, bars: count }
  if (kind === 'expiry' && isCount) return { kind, daysBefore: count ?? 0 }
  if ((kind === 'volume' || kind === 'open-interest') && isCount) return { kind, confirm: Math.max(1, count ?? 1) }
  throw new UsageError(
    `--roll is end, volume, open-interest, last-bars:N, expiry:DAYS or calendar:FILE, was “${given}”`,
  )
}

/** Rows `date,contract` of a roll calendar: from that date on the contract after it is held. */
async function rollDates(path: string): Promise<Record<string, number>> {
  const content = await readFile(resolve(path), 'utf8').catch(() => {
    throw new DomainError('import.file-missing', { path })
  })
  const rows = content
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(/[,;\t]/))
  const dated = rows.filter(([date]) => /^\d{4}-\d\d-\d\d/.test(date ?? ''))
  if (dated.length === 0) throw new UsageError(`${path} has no rows such as 2024-03-14,202403`)
  return Object.fromEntries(dated.map(([date = '', contract = '']) => [contract.trim(), Date.parse(date.slice(0, 10))]))
}

async function readChain(context: VerbContext): Promise<ContractChain> {
  const { positionals, values } = context
  const expiries = new Map(texts(values, 'expiry').map(expiryOf))
  const own = text(values, 'contracts')?.split(',')
  const files = positionals.map((file) => resolve(file))
  const wanted =
    files.length > 1
      ? files.map((path) => ({ path, code: undefined }))
      : await codesOf(context, files[0] as string, own)
  const chain = []
  for (const [at, { path, code }] of wanted.entries()) {
    const name = code ?? own?.[at] ?? basename(path).replace(/\.[a-z]+(\.gz)?$/i, '')
    chain.push({ code: name, expiry: expiries.get(name) ?? null, bars: await readContract(context, path, code) })
  }
  return chain
}

function expiryOf(given: string): readonly [string, number] {
  const [, code, date] = /^([^=]+)=(\d{4}-\d\d-\d\d)$/.exec(given) ?? []
  if (code === undefined || date === undefined)
    throw new UsageError(`--expiry is a contract and its date such as 202403=2024-03-15, was “${given}”`)
  return [code, Date.parse(date)]
}

/** The contracts of a file with a column of them: those asked for, else those that its beginning names, in order. */
async function codesOf(context: VerbContext, path: string, own: readonly string[] | undefined) {
  const { picks = [] } = await inspectFile(path, await givenRecipe(context))
  if (picks.length === 0) return [{ path, code: undefined }]
  if (own === undefined)
    context.output.note(`contracts named in the beginning of the file: ${picks.toSorted().join(',')}`)
  return (own ?? picks.toSorted()).map((code) => ({ path, code }))
}

async function readContract(context: VerbContext, path: string, code: string | undefined): Promise<BarSeries> {
  const { recipe: inferred } = await inspectFile(path, await givenRecipe(context))
  const recipe = corrected(context, inferred, text(context.values, 'interval'))
  const pick = recipe.pick === undefined || code === undefined ? recipe.pick : { ...recipe.pick, value: code }
  const control = { onProgress: () => undefined, cancelled: () => false }
  return (await readWhole(path, { ...recipe, ...(pick === undefined ? {} : { pick }) }, control)).series
}

function report({ bars, rolls }: ContinuousSeries): string {
  const rows = rolls.map(({ from, to, time, oldPrice, newPrice }) => [
    from,
    to,
    dateCell(time),
    String(known(oldPrice) ?? '–'),
    String(known(newPrice) ?? '–'),
  ])
  return `${bars.length} bars\n${textTable(['from', 'to', 'last common', 'old price', 'new price'], rows)}`
}
