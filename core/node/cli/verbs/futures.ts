import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { DomainError } from '../../../domain/errors.ts'
import type { Adjustment, Roll } from '../../../futures/back-adjust.ts'
import { continuousSeries, type WeighedRolls } from '../../../futures/continuous-series.ts'
import { lastSafeDay, listedContracts } from '../../../futures/listed-contracts.ts'
import { stitchPrices } from '../../../futures/multiple-prices.ts'
import { futuresProduct, futuresProducts } from '../../../futures/products.ts'
import { type MultiplePricesFile, readMultiplePrices } from '../../../futures/read-multiple-prices.ts'
import { adjustmentOf, contractOptions, fittingOf, readChain, rollRule } from '../contract-files.ts'
import { textTable } from '../output.ts'
import { storedSeriesActions } from '../stored-series.ts'
import { exitCode, positional, text, time, UsageError, type Verb, type VerbContext } from '../verb.ts'

const dayMs = 86_400_000

/** Works straight on files and tables, and on stored contracts for `store`, `stored` and `forget`. */
export const futuresVerb: Verb = {
  name: 'futures',
  words: Number.POSITIVE_INFINITY,
  usage: `futures build --multiple-prices FILE.csv [--adjust panama|ratio|forward|forward-ratio|none]
       futures build|rolls FILE|FOLDER [FILE …] [--roll …] [--product ROOT] [--expiry CODE=DATE …] [--notice CODE=DATE …] [--contracts …] [--adjust …]   (files as for continuous)
       futures store ID --data A,B,C [--product ROOT] [--interval 1d] [--roll …] [--adjust …] [--at CODE=DATE …] [--roll-positions]
       futures stored | futures forget ID | futures due | futures roll ID --session SESSION
       futures chain ROOT [--from DATE] [--to DATE]
       futures products`,
  about:
    'Futures: build {rows, rolls} of one continuous series from multiple prices (date, price, price_contract, ' +
    'forward, …) or from files of contracts; rolls alone; the contracts of a root with last trading and first notice ' +
    'days; the table of products. store: one series of stored contracts as an instrument that follows them.',
  options: {
    'multiple-prices': { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    data: { type: 'string' },
    at: { type: 'string', multiple: true },
    session: { type: 'string' },
    'roll-positions': { type: 'boolean' },
    ...contractOptions,
  },
  async run(context) {
    const word = positional(context, 0, 'build, rolls, store, stored, forget, due, roll, chain or products')
    const rest = { ...context, positionals: context.positionals.slice(1) }
    const action = actions[word]
    if (action === undefined)
      throw new UsageError(
        `futures takes build, rolls, store, stored, forget, due, roll, chain or products, was “${word}”`,
      )
    await action(rest)
    return exitCode.done
  },
}

const actions: Readonly<Record<string, (context: VerbContext) => Promise<void>>> = {
  ...{ build, rolls, chain, products },
  ...storedSeriesActions,
}

interface Built {
  readonly rows: readonly {
    readonly date: string
    readonly price: number | null
    readonly contract: string
    readonly adjusted: number | null
  }[]
  readonly rolls: readonly {
    readonly date: string
    readonly from: string
    readonly to: string
    readonly gap: number | null
  }[]
}

async function build(context: VerbContext): Promise<void> {
  const built = await builtSeries(context)
  context.output.answer(built, () => `${built.rows.length} rows\n${rollTable(built)}`)
}

async function rolls(context: VerbContext): Promise<void> {
  // Where contracts never had a price together there still is a roll, of an unknown gap
  const built = await builtSeries({ ...context, values: { adjust: 'none', ...context.values } })
  context.output.answer({ rolls: built.rolls }, () => rollTable(built))
}

async function builtSeries(context: VerbContext): Promise<Built> {
  const given = text(context.values, 'adjust')
  const path = text(context.values, 'multiple-prices')
  if (path !== undefined) {
    if (context.positionals.length > 0) throw new UsageError('--multiple-prices needs no further files')
    return fromMultiplePrices(await readPrices(path), adjustmentOf(given))
  }
  positional(context, 0, '--multiple-prices FILE.csv, or files of contracts,')
  return fromContracts(context, fittingOf(given))
}

async function readPrices(path: string): Promise<MultiplePricesFile> {
  const content = await readFile(resolve(path), 'utf8').catch(() => {
    throw new DomainError('import.file-missing', { path })
  })
  return readMultiplePrices(content, path)
}

function fromMultiplePrices(file: MultiplePricesFile, adjustment: Adjustment): Built {
  const { adjusted, rolls: found } = stitchPrices(file, adjustment)
  return {
    rows: file.dates.map((date, row) => ({
      date,
      price: known(file.price[row]),
      contract: file.contract[row] as string,
      adjusted: known(adjusted[row]),
    })),
    rolls: found.map((roll) => rollLine(roll, file.dates[roll.row] as string)),
  }
}

async function fromContracts(context: VerbContext, adjustment: Adjustment | WeighedRolls): Promise<Built> {
  const rule = await rollRule(text(context.values, 'roll'))
  const contracts = await readChain(context)
  const { bars, contract, rolls: found } = continuousSeries(contracts, rule, adjustment)
  const raw = adjustment === 'none' ? bars : continuousSeries(contracts, rule, 'none').bars
  const date = (row: number) => isoDate(bars.time[row] as number)
  return {
    rows: Array.from(contract, (at, row) => ({
      date: date(row),
      price: known(raw.close[row]),
      contract: contracts[at]?.code ?? '',
      adjusted: known(bars.close[row]),
    })),
    // A contract that gave no row was never held, and one not reached yet has no first day
    rolls: found.filter(({ row }) => row > 0 && row < bars.length).map((roll) => rollLine(roll, date(roll.row))),
  }
}

function rollLine({ from, to, oldPrice, newPrice }: Roll, date: string) {
  return { date, from, to, gap: known(newPrice - oldPrice) }
}

function rollTable({ rolls: found }: Built): string {
  const rows = found.map(({ date, from, to, gap }) => [
    date,
    from,
    to,
    gap === null ? '–' : String(Number(gap.toFixed(10))),
  ])
  return textTable(['first day', 'from', 'to', 'gap'], rows)
}

async function chain(context: VerbContext): Promise<void> {
  const product = futuresProduct(positional(context, 0, 'ROOT'))
  const from = time(context.values, 'from')
  const to = time(context.values, 'to')
  // The same answer whenever it is asked: what is listed now depends on the day, so a day has to be said
  if (from === null) throw new UsageError('--from is missing: the first last trading day, such as 2026-01-01')
  const period = { from: from / dayMs, to: to === null ? from / dayMs + 730 : to / dayMs }
  const contracts = listedContracts(product, period).map((listed) => ({
    code: listed.code,
    delivery: listed.delivery,
    lastTrade: isoDate(listed.lastTrade * dayMs),
    firstNotice: listed.firstNotice === null ? null : isoDate(listed.firstNotice * dayMs),
    leaveBy: isoDate(lastSafeDay(listed) * dayMs),
  }))
  context.output.answer({ root: product.root, contracts }, () =>
    textTable(
      ['contract', 'last trading day', 'first notice', 'leave by'],
      contracts.map(({ code, lastTrade, firstNotice, leaveBy }) => [code, lastTrade, firstNotice ?? '–', leaveBy]),
    ),
  )
}

async function products({ output }: VerbContext): Promise<void> {
  output.answer({ products: futuresProducts }, () =>
    textTable(
      ['root', 'exchange', 'title', 'currency', 'multiplier', 'tick', 'months', 'session', 'margin'],
      futuresProducts.map(({ root, exchange, title, currency, multiplier, tickSize, months, session, marginRatio }) => {
        const facts = [`${session.open}–${session.close}`, `≈ ${(100 * marginRatio).toFixed(1)} %`]
        return [root, exchange, title.en, currency, String(multiplier), String(tickSize), months, ...facts]
      }),
    ),
  )
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}

/** The day, and the time where it is not midnight UTC. */
function isoDate(time: number): string {
  const text = new Date(time).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}
