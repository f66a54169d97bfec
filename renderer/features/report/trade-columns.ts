import type { TFunction } from 'i18next'
import type { WireColumns } from '../../../core/contract/define.ts'
import type { Instrument } from '../../state/types.ts'
import { dateTime } from '../../ui/date-time.ts'
import { count, missing, price, quantity, ratioPercent, signedMoney } from '../../ui/format.ts'
import type { Column } from '../../ui/table.tsx'
import { cellOf, textOf, tradeReturn } from './trade-rows.ts'

/** A table of a run as it arrived. */
export interface TableData {
  readonly columns: WireColumns
  readonly texts: Readonly<Record<string, readonly string[]>>
  readonly rows: number
}

/** What tables of a run need besides their columns. */
export interface TableContext {
  readonly t: TFunction<'report'>
  readonly instruments: readonly Instrument[]
  /** The bars of the run. */
  readonly interval: string
  zoneOf(instrument: string): string
  /** `day` for daily bars and coarser, else `minute`. */
  readonly precision: 'day' | 'minute'
}

/** Tick size of an instrument as the run knew it; a hundredth when unknown. */
export function tickSizeOf(context: TableContext, instrument: string): number {
  return context.instruments.find((record) => record.id === instrument)?.tickSize ?? 0.01
}

/** Columns of the trade list; `rows` maps a shown row to its row in the data. */
export function tradeColumns(data: TableData, rows: Uint32Array, context: TableContext): Column[] {
  const { t } = context
  const at = (name: string) => (row: number) => cellOf(data.columns, name, rows[row] ?? -1)
  const side = at('side')
  const pnl = at('pnl')
  const instrument = (row: number) => textOf(data.columns, data.texts, 'instrument', rows[row] ?? -1)
  const strategy = (row: number) => textOf(data.columns, data.texts, 'strategy', rows[row] ?? -1)
  const isLong = (row: number) => side(row) > 0
  const moment = (name: string): Pick<Column, 'text' | 'value'> => ({
    text: (row) => dateTime(at(name)(row), context.zoneOf(instrument(row)), context.precision),
    value: at(name),
  })
  const priced = (name: string): Pick<Column, 'text' | 'value'> => ({
    text: (row) => price(at(name)(row), tickSizeOf(context, instrument(row))),
    value: at(name),
  })
  const tone = (value: (row: number) => number) => (row: number) => {
    const result = value(row)
    return result > 0 ? ('profit' as const) : result < 0 ? ('loss' as const) : undefined
  }
  const ratio = (row: number) => tradeReturn(data.columns, rows[row] ?? -1)
  const timeWidth = context.precision === 'day' ? 96 : 138
  return [
    {
      id: 'number',
      title: '#',
      width: 48,
      align: 'right',
      text: (row) => count((rows[row] ?? 0) + 1),
      value: (row) => (rows[row] ?? 0) + 1,
    },
    { id: 'instrument', title: t('trade.instrument'), width: 84, text: instrument, value: instrument },
    ...(data.texts.strategy === undefined
      ? []
      : [{ id: 'strategy', title: t('trade.strategy'), width: 84, text: strategy, value: strategy }]),
    {
      id: 'side',
      title: t('trade.side'),
      width: 64,
      align: 'center',
      text: (row) => t(isLong(row) ? 'side.long' : 'side.short'),
      value: side,
      tone: (row) => (isLong(row) ? 'buy' : 'sell'),
    },
    { id: 'entryTime', title: t('trade.entryTime'), width: timeWidth, ...moment('entryTime') },
    { id: 'entryPrice', title: t('trade.entryPrice'), width: 86, align: 'right', ...priced('entryPrice') },
    { id: 'exitTime', title: t('trade.exitTime'), width: timeWidth, ...moment('exitTime') },
    { id: 'exitPrice', title: t('trade.exitPrice'), width: 86, align: 'right', ...priced('exitPrice') },
    {
      id: 'quantity',
      title: t('trade.quantity'),
      width: 80,
      align: 'right',
      text: (row) => quantity(at('quantity')(row)),
      value: at('quantity'),
    },
    {
      id: 'pnl',
      title: t('trade.pnl'),
      about: t('trade.pnlAbout'),
      width: 104,
      align: 'right',
      text: (row) => signedMoney(pnl(row)),
      value: pnl,
      tone: tone(pnl),
    },
    {
      id: 'return',
      title: t('trade.return'),
      about: t('trade.returnAbout'),
      width: 78,
      align: 'right',
      text: (row) => ratioPercent(ratio(row)),
      value: ratio,
      tone: tone(ratio),
    },
    {
      id: 'fees',
      title: t('trade.fees'),
      width: 78,
      align: 'right',
      text: (row) => signedMoney(at('fees')(row)).replace('+', ''),
      value: at('fees'),
    },
    {
      id: 'bars',
      title: t('trade.bars'),
      about: t('trade.barsAbout'),
      width: 60,
      align: 'right',
      text: (row) => count(at('bars')(row)),
      value: at('bars'),
    },
    { id: 'mae', title: 'MAE', about: t('trade.maeAbout'), width: 78, align: 'right', ...priced('mae') },
    { id: 'mfe', title: 'MFE', about: t('trade.mfeAbout'), width: 78, align: 'right', ...priced('mfe') },
    {
      id: 'open',
      title: t('trade.open'),
      width: 60,
      align: 'center',
      text: (row) => (at('open')(row) === 1 ? t('trade.isOpen') : missing),
      value: at('open'),
    },
  ]
}
