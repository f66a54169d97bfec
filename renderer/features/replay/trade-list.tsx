import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isDaily } from '../../state/intervals.ts'
import type { Instrument } from '../../state/types.ts'
import { count, dateTime, price, quantity, signedMoney } from '../../ui/format.ts'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-model.ts'
import type { Trades } from './types.ts'

interface TradeListProps {
  readonly record: Instrument
  readonly interval: string
  readonly trades: Trades | null
}

/** Round trips that have been closed, newest first. */
export function TradeList({ record, interval, trades }: TradeListProps) {
  const { t } = useTranslation('replay')
  const rows = useMemo(() => closedRows(trades), [trades])
  const columns = useMemo((): Column[] => {
    const at = (name: string) => (row: number) => trades?.columns[name]?.[rows[row] ?? -1] ?? Number.NaN
    const side = at('side')
    const pnl = at('pnl')
    const precision = isDaily(interval) ? 'day' : 'minute'
    const prices = (name: string): Pick<Column, 'text' | 'value'> => ({
      text: (row) => price(at(name)(row), record.tickSize),
      value: at(name),
    })
    return [
      { id: 'number', title: '#', width: 34, align: 'right', text: (row) => count((rows[row] ?? 0) + 1) },
      {
        id: 'side',
        title: t('trade.side'),
        width: 74,
        text: (row) => `${t(side(row) > 0 ? 'long' : 'short')} ${quantity(at('quantity')(row))}`,
        value: side,
        tone: (row) => (side(row) > 0 ? 'buy' : 'sell'),
      },
      {
        id: 'pnl',
        title: t('trade.pnl'),
        width: 84,
        align: 'right',
        text: (row) => signedMoney(pnl(row)),
        value: pnl,
        tone: (row) => (pnl(row) < 0 ? 'loss' : pnl(row) > 0 ? 'profit' : undefined),
      },
      { id: 'entry', title: t('trade.entry'), width: 74, align: 'right', ...prices('entryPrice') },
      { id: 'exit', title: t('trade.exit'), width: 74, align: 'right', ...prices('exitPrice') },
      {
        id: 'bars',
        title: t('trade.bars'),
        width: 50,
        align: 'right',
        text: (row) => count(at('bars')(row)),
        value: at('bars'),
      },
      {
        id: 'time',
        title: t('trade.time'),
        width: precision === 'day' ? 92 : 130,
        text: (row) => dateTime(at('exitTime')(row), record.zone, precision),
        value: at('exitTime'),
      },
    ]
  }, [trades, rows, record, interval, t])
  if (rows.length === 0) return <p className="replay-none">{t('noTrades')}</p>
  return <Table label={t('tab.trades')} rows={rows.length} columns={columns} />
}

function closedRows(trades: Trades | null): number[] {
  const open = trades?.columns.open ?? new Float64Array(0)
  return [...open.keys()].filter((row) => open[row] === 0).reverse()
}
