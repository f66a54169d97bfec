import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { intervalMs } from '../../state/intervals.ts'
import type { RunSummary } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { count } from '../../ui/format.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { changedTrades, type TradeChange } from './compare-rows.ts'
import { compareTradeColumns, lineInstrument, lineValue } from './compare-trade-columns.ts'

interface CompareTradesProps {
  readonly a: RunSummary
  readonly b: RunSummary
  readonly comparison: Gives<'run.compare'>
}

type Filter = TradeChange | 'changed' | 'all'

/** Which trades stayed, appeared, vanished or moved; selecting one brings the chart there. */
export function CompareTrades({ a, b, comparison }: CompareTradesProps) {
  const { t } = useTranslation('runs')
  const left = useRequest('run.trades', { run: a.id })
  const right = useRequest('run.trades', { run: b.id })
  const [filter, setFilter] = useState<Filter>('changed')
  const instruments = useStore((state) => state.instruments)
  const zone = useStore((state) => state.zone)
  const goTo = useStore((state) => state.goTo)
  const tradesA = answered(left.answer)
  const tradesB = answered(right.answer)
  const both = useMemo(
    () => (tradesA === undefined || tradesB === undefined ? null : { a: tradesA, b: tradesB }),
    [tradesA, tradesB],
  )
  const lines = useMemo(
    () => (both === null ? [] : changedTrades(comparison.columns, { a: both.a.columns, b: both.b.columns }, filter)),
    [both, comparison, filter],
  )
  const precision = intervalMs(b.config.interval) >= 86_400_000 ? 'day' : 'minute'
  const columns = useMemo(
    () => (both === null ? [] : compareTradeColumns({ lines, both, t, instruments, zone, precision })),
    [lines, both, t, instruments, zone, precision],
  )
  const { counts } = comparison.reply
  const failed = [left.answer, right.answer].find((answer) => answer.state === 'failed')
  if (failed?.state === 'failed') return <Failure error={failed.error} />
  if (both === null) return <Loading />

  function show(at: number) {
    const line = lines[at]
    if (line === undefined || both === null) return
    const side = line.b >= 0 ? 'b' : 'a'
    const exit = lineValue(both, line, side, 'exitTime')
    goTo({
      instrument: lineInstrument(both, line),
      time: lineValue(both, line, side, 'entryTime'),
      exitTime: Number.isFinite(exit) ? exit : null,
      tradeIndex: line.b >= 0 ? line.b : null,
      interval: b.config.interval,
    })
  }

  const changed = counts.added + counts.removed + counts.moved
  const choices: readonly [Filter, number][] = [
    ['changed', changed],
    ['same', counts.same],
    ['added', counts.added],
    ['removed', counts.removed],
    ['moved', counts.moved],
    ['all', changed + counts.same],
  ]
  return (
    <section className="runs-compare-trades">
      <div className="runs-trades-bar">
        <h3>{t('compare.trades')}</h3>
        <Segmented<Filter>
          label={t('compare.filter')}
          value={filter}
          options={choices.map(([value, number]) => ({ value, label: `${t(`change.${value}`)} ${count(number)}` }))}
          onChange={setFilter}
        />
      </div>
      <Table
        label={t('compare.trades')}
        rows={lines.length}
        columns={columns}
        onSelect={show}
        empty={<Empty title={t(filter === 'changed' ? 'compare.noChange' : 'compare.noneShown')} />}
      />
    </section>
  )
}
