import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { ExplainCard } from './explain-card.tsx'
import { fillColumns, orderColumns, rollColumns } from './order-columns.ts'
import type { TableContext, TableData } from './trade-columns.ts'
import { TradesTab } from './trades-tab.tsx'

function tableOf(given: Gives<'run.trades'> | undefined): TableData | undefined {
  return given === undefined ? undefined : { columns: given.columns, texts: given.reply.texts, rows: given.reply.rows }
}

interface TabProps {
  readonly run: string
  readonly context: TableContext
}

/** The trades of a run, fetched when their tab is first shown. */
export function TradesTabOf({ run, context }: TabProps) {
  const { answer, reload } = useRequest('run.trades', { run })
  const given = answered(answer)
  const data = useMemo(() => tableOf(given), [given])
  if (data === undefined)
    return answer.state === 'failed' ? <Failure error={answer.error} onRetry={reload} /> : <Loading />
  return <TradesTab run={run} data={data} context={context} />
}

/** Orders or fills of a run. */
export function OrdersTab({ run, kind, context }: TabProps & { readonly kind: 'orders' | 'fills' }) {
  const { t } = useTranslation('report')
  const [explained, setExplained] = useState<number | null>(null)
  const { answer, reload } = useRequest(kind === 'orders' ? 'run.orders' : 'run.fills', { run })
  const given = answered(answer)
  const data = useMemo(() => tableOf(given), [given])
  const columns = useMemo(() => {
    if (data === undefined) return []
    return kind === 'orders' ? orderColumns(data, context) : fillColumns(data, context)
  }, [data, kind, context])
  if (data === undefined)
    return answer.state === 'failed' ? <Failure error={answer.error} onRetry={reload} /> : <Loading />
  return (
    <div className="report-tab">
      <div className="report-toolbar">
        <span className="report-faint report-hint">{t('explainHint')}</span>
      </div>
      <Table
        label={t(`tab.${kind}`)}
        rows={data.rows}
        columns={columns}
        onOpen={(row) => setExplained(orderAt(data, kind, row))}
        empty={<Empty title={t(`none.${kind}`)} />}
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

/** Positions of a run that went from contract to contract. */
export function RollsTab({ run, context }: TabProps) {
  const { t } = useTranslation('report')
  const { answer, reload } = useRequest('run.rolls', { run })
  const given = answered(answer)
  const data = useMemo(() => tableOf(given), [given])
  const columns = useMemo(() => (data === undefined ? [] : rollColumns(data, context)), [data, context])
  if (data === undefined)
    return answer.state === 'failed' ? <Failure error={answer.error} onRetry={reload} /> : <Loading />
  return (
    <div className="report-tab">
      <div className="report-toolbar">
        <span className="report-faint report-hint">{t('roll.about')}</span>
      </div>
      <Table label={t('tab.rolls')} rows={data.rows} columns={columns} empty={<Empty title={t('none.rolls')} />} />
    </div>
  )
}

/** The order of a row: itself in the list of orders, the one behind a fill. */
function orderAt({ columns }: TableData, kind: 'orders' | 'fills', row: number): number | null {
  return columns[kind === 'orders' ? 'id' : 'order']?.[row] ?? null
}
