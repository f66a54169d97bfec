import type { TFunction } from 'i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import type { Instrument } from '../../state/types.ts'
import { dateTime, type TimePrecision, zoneFor } from '../../ui/date-time.ts'
import { missing, price, quantity, signedMoney } from '../../ui/format.ts'
import type { Column } from '../../ui/table.tsx'
import type { ChangedTrade } from './compare-rows.ts'

/** Trades of both runs. */
export interface BothTrades {
  readonly a: Gives<'run.trades'>
  readonly b: Gives<'run.trades'>
}

/** A value of a line in one of the runs; NaN when that run has no such trade. */
export function lineValue(both: BothTrades, line: ChangedTrade, side: 'a' | 'b', name: string): number {
  const row = line[side]
  return row < 0 ? Number.NaN : (both[side].columns[name]?.[row] ?? Number.NaN)
}

/** Instrument of a line, from whichever run has the trade. */
export function lineInstrument(both: BothTrades, line: ChangedTrade): string {
  const side = line.b >= 0 ? 'b' : 'a'
  return both[side].reply.texts.instrument?.[lineValue(both, line, side, 'instrument')] ?? ''
}

interface CompareColumnsInput {
  readonly lines: readonly ChangedTrade[]
  readonly both: BothTrades
  readonly t: TFunction<'runs'>
  readonly instruments: readonly Instrument[]
  readonly zone: 'exchange' | 'utc' | 'local'
  readonly precision: TimePrecision
}

/** Columns of the trade comparison: what A did, what B did, and the difference of their results. */
export function compareTradeColumns({ lines, both, t, instruments, zone, precision }: CompareColumnsInput): Column[] {
  const instrument = (row: number) => {
    const line = lines[row]
    return line === undefined ? '' : lineInstrument(both, line)
  }
  const record = (row: number) => instruments.find((one) => one.id === instrument(row))
  const value = (side: 'a' | 'b', name: string) => (row: number) => {
    const line = lines[row]
    return line === undefined ? Number.NaN : lineValue(both, line, side, name)
  }
  const either = (name: string) => (row: number) => {
    const b = value('b', name)(row)
    return Number.isNaN(b) ? value('a', name)(row) : b
  }
  const moment = (side: 'a' | 'b', name: string, title: string): Column => ({
    id: `${name}-${side}`,
    title,
    width: 122,
    text: (row) => dateTime(value(side, name)(row), zoneFor(zone, record(row)?.zone), precision),
    value: value(side, name),
  })
  const figure = (side: 'a' | 'b', name: string, show: (value: number, row: number) => string): Column => ({
    id: `${name}-${side}`,
    title: `${t(`trade.${name}`)} ${side.toUpperCase()}`,
    width: 92,
    align: 'right',
    text: (row) => show(value(side, name)(row), row),
    value: value(side, name),
  })
  const priced = (amount: number, row: number) => price(amount, record(row)?.tickSize ?? 0.01)
  const delta = (row: number) => {
    const [a, b] = [value('a', 'pnl')(row), value('b', 'pnl')(row)]
    return Number.isNaN(a) && Number.isNaN(b) ? Number.NaN : (Number.isNaN(b) ? 0 : b) - (Number.isNaN(a) ? 0 : a)
  }
  return [
    {
      id: 'change',
      title: t('trade.change'),
      width: 80,
      text: (row) => t(`change.${lines[row]?.change ?? 'same'}`),
      value: (row) => lines[row]?.change ?? '',
      tone: (row) => (lines[row]?.change === 'same' ? 'muted' : 'accent'),
    },
    { id: 'instrument', title: t('trade.instrument'), width: 84, text: instrument, value: instrument },
    {
      id: 'side',
      title: t('trade.side'),
      width: 60,
      align: 'center',
      text: (row) =>
        Number.isNaN(either('side')(row)) ? missing : t(either('side')(row) > 0 ? 'trade.long' : 'trade.short'),
      value: either('side'),
      tone: (row) => (either('side')(row) > 0 ? 'buy' : 'sell'),
    },
    {
      id: 'entryTime',
      title: t('trade.entry'),
      width: 122,
      text: (row) => dateTime(either('entryTime')(row), zoneFor(zone, record(row)?.zone), precision),
      value: either('entryTime'),
    },
    moment('a', 'exitTime', `${t('trade.exit')} A`),
    moment('b', 'exitTime', `${t('trade.exit')} B`),
    figure('a', 'entryPrice', priced),
    figure('b', 'entryPrice', priced),
    figure('a', 'exitPrice', priced),
    figure('b', 'exitPrice', priced),
    figure('a', 'quantity', (amount) => quantity(amount)),
    figure('b', 'quantity', (amount) => quantity(amount)),
    figure('a', 'pnl', (amount) => signedMoney(amount)),
    figure('b', 'pnl', (amount) => signedMoney(amount)),
    {
      id: 'delta',
      title: t('trade.delta'),
      about: t('trade.deltaAbout'),
      width: 96,
      align: 'right',
      text: (row) => signedMoney(delta(row)),
      value: delta,
      tone: (row) => (delta(row) > 0 ? 'profit' : delta(row) < 0 ? 'loss' : undefined),
    },
  ]
}
