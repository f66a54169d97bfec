import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { count, percent, signedMoney } from '../../ui/format.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Empty } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { ExplainCard } from './explain-card.tsx'
import { type TableContext, type TableData, tradeColumns } from './trade-columns.ts'
import { cellOf, filterTrades, type TradeFilter, textOf, tradeFilters, tradeTotals } from './trade-rows.ts'

interface TradesTabProps {
  readonly run: string
  readonly data: TableData
  readonly context: TableContext
}

/** Round trips: filter, sort, and the chart goes where a row points. */
export function TradesTab({ run, data, context }: TradesTabProps) {
  const { t } = useTranslation(['report', 'explain'])
  const [explained, setExplained] = useState<number | null>(null)
  const [filter, setFilter] = useState<TradeFilter>('all')
  const focus = useStore((state) => state.focus)
  const goTo = useStore((state) => state.goTo)
  const rows = useMemo(() => filterTrades(data.columns, data.rows, filter), [data, filter])
  const columns = useMemo(() => tradeColumns(data, rows, context), [data, rows, context])
  const totals = useMemo(() => tradeTotals(data.columns, rows), [data, rows])
  const selected = focus?.tradeIndex === null || focus === null ? -1 : rows.indexOf(focus.tradeIndex)

  function show(shown: number) {
    const row = rows[shown]
    if (row === undefined) return
    const exit = cellOf(data.columns, 'exitTime', row)
    goTo({
      instrument: textOf(data.columns, data.texts, 'instrument', row),
      time: cellOf(data.columns, 'entryTime', row),
      exitTime: Number.isFinite(exit) ? exit : null,
      tradeIndex: row,
      interval: context.interval,
    })
  }

  /** Why the trade began and why it ended. */
  function explainItems(shown: number): MenuItem[] {
    const row = rows[shown] ?? 0
    return (['entryOrder', 'exitOrder'] as const).flatMap((name) => {
      const order = cellOf(data.columns, name, row)
      return Number.isFinite(order) ? [{ label: t(`explain:${name}`), run: () => setExplained(order) }] : []
    })
  }

  return (
    <div className="report-tab">
      <div className="report-toolbar">
        <Segmented<TradeFilter>
          label={t('trade.filter')}
          value={filter}
          options={tradeFilters.map((value) => ({ value, label: t(`trade.show.${value}`) }))}
          onChange={setFilter}
        />
        <span className="report-faint">
          {t('trade.totals', {
            trades: count(totals.count),
            pnl: signedMoney(totals.pnl),
            wins: percent(totals.count === 0 ? null : totals.wins / totals.count),
          })}
        </span>
        <span className="report-faint report-hint">{t('trade.hint')}</span>
      </div>
      <Table
        label={t('tab.trades')}
        rows={rows.length}
        columns={columns}
        selected={selected < 0 ? null : selected}
        onSelect={show}
        onOpen={show}
        menu={(shown) => explainItems(shown)}
        empty={<Empty title={t(data.rows === 0 ? 'trade.none' : 'trade.noneShown')} />}
      />
      {explained !== null && (
        <ExplainCard
          run={run}
          order={explained}
          zone={context.zoneOf(context.instruments[0]?.id ?? '')}
          precision={context.precision}
          onClose={() => setExplained(null)}
        />
      )}
    </div>
  )
}
