import { createBarSeries } from '../domain/bar-series.ts'
import type { ContractChain, FuturesContract } from './contract-chain.ts'
import { badCell, dateColumn, numberColumn, type PriceTable, tableColumn } from './price-table.ts'

const dayMs = 86_400_000
const contractNames = ['contract', 'expiration', 'expiry', 'symbol']
const dateNames = ['date', 'time', 'datetime']

/** Whether a file has rows of several contracts: its first row has a column that names them. */
export function namesContracts(content: string): boolean {
  const [names = ''] = content.split(/[\r\n]/, 1)
  return names.split(/[,;\t]/).some((name) =>
    contractNames.includes(
      name
        .replaceAll(/["\uFEFF]/g, '')
        .trim()
        .toLowerCase(),
    ),
  )
}

/** The contracts that a table names, in the order of their first rows. */
export function contractCodes(table: PriceTable): readonly string[] {
  return [...new Set(tableColumn(table, contractNames))]
}

/**
 * The contracts of one table with a column of them, in the order of their codes' first rows: date, contract, and close
 * (or price), with open, high, low, volume and openinterest where they are. Throws as the columns' readers do, and
 * `futures.bad-row` where a contract's dates do not ascend.
 */
export function contractsFromTable(table: PriceTable): ContractChain {
  const codes = tableColumn(table, contractNames)
  const dateName = dateNames.find((name) => table.columns.has(name)) ?? 'date'
  const [dates, time] = [tableColumn(table, dateNames), dateColumn(table, dateName)]
  const numbers = (...names: readonly string[]) => {
    const name = names.find((one) => table.columns.has(one))
    return name === undefined ? undefined : numberColumn(table, name)
  }
  const close = numbers('close', 'price') ?? numberColumn(table, 'close')
  const columns = {
    ...{ open: numbers('open') ?? close, high: numbers('high') ?? close, low: numbers('low') ?? close, close },
    ...{ volume: numbers('volume'), openInterest: numbers('openinterest', 'open_interest') },
  }
  return [...rowsByCode(table, codes)].map(([code, rows]): FuturesContract => {
    const bars = createBarSeries(rows.length)
    for (const [bar, row] of rows.entries()) {
      const stamp = time[row] as number
      if (bar > 0 && !(stamp > (bars.time[bar - 1] as number)))
        throw badCell({ table, row, column: dateName }, dates[row] as string, `a later date of ${code}`)
      bars.time[bar] = stamp
      bars.closeTime[bar] = /\d:\d/.test(dates[row] as string) ? stamp : stamp + dayMs
      for (const name of ['open', 'high', 'low', 'close', 'volume', 'openInterest'] as const)
        bars[name][bar] = columns[name]?.[row] ?? Number.NaN
    }
    return { code, expiry: null, bars }
  })
}

function rowsByCode(table: PriceTable, codes: readonly string[]): Map<string, number[]> {
  const rows = new Map<string, number[]>()
  for (const [row, code] of codes.entries()) {
    if (code === '') throw badCell({ table, row, column: 'contract' }, '', 'a contract')
    const own = rows.get(code)
    if (own === undefined) rows.set(code, [row])
    else own.push(row)
  }
  return rows
}
