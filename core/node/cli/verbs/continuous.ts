import { barColumnNames } from '../../../domain/bar-series.ts'
import { type ContinuousSeries, continuousSeries } from '../../../futures/continuous-series.ts'
import { contractOptions, fittingOf, readChain, rollRule } from '../contract-files.ts'
import { dateCell, jsonColumns, textTable } from '../output.ts'
import { exitCode, positional, text, type Verb } from '../verb.ts'

/** Joins contracts of a future straight from files: nothing is stored and no data folder is needed. */
export const continuousVerb: Verb = {
  name: 'continuous',
  words: Number.POSITIVE_INFINITY,
  usage:
    'continuous FILE [FILE …] [--contracts A,B,C] [--roll end|volume[:N]|open-interest[:N]|last-bars:N|expiry[:DAYS]|first-notice[:DAYS]|day:DAY[:MONTHS]|calendar:FILE] [--expiry CODE=DATE …] [--notice CODE=DATE …] [--product ROOT] [--adjust none|panama|ratio|forward|forward-ratio|weighted[:N]] [--zone …] [--interval …]',
  about:
    'One continuous series of a future: {contracts, rolls, bars, columns}. One file per contract in order of expiry, or ' +
    'one file with a column of contracts. --roll says when a contract is left (default: when it ends), --adjust how ' +
    'earlier ones are fitted to the last.',
  options: contractOptions,
  async run(context) {
    positional(context, 0, 'FILE')
    const adjustment = fittingOf(text(context.values, 'adjust'))
    const rule = await rollRule(text(context.values, 'roll'))
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
