import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { BarSeries } from '../../domain/bar-series.ts'
import { DomainError } from '../../domain/errors.ts'
import { type Adjustment, adjustments } from '../../futures/back-adjust.ts'
import type { ContractChain } from '../../futures/contract-chain.ts'
import type { RollRule } from '../../futures/roll-rule.ts'
import { inspectFile, importFile as readWhole } from '../import/import-file.ts'
import { corrected, givenRecipe, importOptions } from './import-file.ts'
import { text, texts, UsageError, type VerbContext } from './verb.ts'

/** Options of verbs that join contracts straight from files. */
export const contractOptions = {
  contracts: { type: 'string' },
  roll: { type: 'string' },
  expiry: { type: 'string', multiple: true },
  adjust: { type: 'string' },
  interval: { type: 'string' },
  ...importOptions,
} as const

/** The adjustment of `--adjust`, by its own name or as `panama` and `forward`; `difference` unless told. */
export function adjustmentOf(given: string | undefined): Adjustment {
  const other: Readonly<Record<string, Adjustment>> = { panama: 'difference', forward: 'forward-difference' }
  const wanted = given === undefined ? 'difference' : (other[given] ?? adjustments.find((each) => each === given))
  if (wanted !== undefined) return wanted
  throw new UsageError(`--adjust is panama (difference), ratio, forward, forward-ratio or none, was “${given}”`)
}

/** The rule of `--roll`; contracts are left when they end unless told. */
export async function rollRule(given = 'end'): Promise<RollRule> {
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

/** The contracts of the files on the command line, in the order of their expiry. */
export async function readChain(context: VerbContext): Promise<ContractChain> {
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
