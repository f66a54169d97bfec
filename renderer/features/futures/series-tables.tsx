import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives, Takes } from '../../../core/contract/contract.ts'
import { count, date, decimal } from '../../ui/format.ts'
import { type Column, Table } from '../../ui/table.tsx'

type Reply = Gives<'futures.build'>
type Calendar = Takes<'futures.build'>['definition']['calendar']

/** When each contract was left for the next; the date can be set by hand. */
export function RollTable({
  rolls,
  calendar,
  onCalendar,
}: {
  readonly rolls: Reply['rolls']
  readonly calendar: Calendar
  onCalendar(calendar: Calendar): void
}) {
  const { t } = useTranslation('futures')
  const columns = useMemo((): Column[] => {
    const of = (row: number) => rolls[row] as Reply['rolls'][number]
    const set = (from: string, text: string) => {
      const { [from]: _, ...others } = calendar
      const time = Date.parse(text)
      onCalendar(Number.isNaN(time) ? others : { ...others, [from]: time })
    }
    return [
      { id: 'from', title: t('from'), width: '1fr', text: (row) => of(row).from },
      { id: 'to', title: t('to'), width: '1fr', text: (row) => of(row).to },
      { id: 'first', title: t('first'), width: 96, text: (row) => date(of(row).first) },
      {
        ...{ id: 'gap', title: t('gap'), width: 84, align: 'right' },
        text: (row) => decimal(of(row).gap, 4),
        value: (row) => of(row).gap,
      },
      {
        ...{ id: 'hand', title: t('byHand'), width: 132 },
        text: (row) => date(calendar[of(row).from]),
        cell: (row) => (
          <input
            className="tw-input"
            type="date"
            aria-label={t('byHandOf', { contract: of(row).from })}
            value={calendar[of(row).from] === undefined ? '' : date(calendar[of(row).from])}
            onChange={(event) => set(of(row).from, event.target.value)}
          />
        ),
      },
    ]
  }, [rolls, calendar, onCalendar, t])
  return <Table label={t('rolls')} rows={rolls.length} columns={columns} />
}

/** The contracts in order of delivery. */
export function ChainTable({ contracts }: { readonly contracts: Reply['contracts'] }) {
  const { t } = useTranslation('futures')
  const columns = useMemo((): Column[] => {
    const of = (row: number) => contracts[row] as Reply['contracts'][number]
    const number = (id: 'bars' | 'held'): Column => ({
      ...{ id, title: t(id), width: 84, align: 'right' },
      text: (row) => count(of(row)[id]),
      value: (row) => of(row)[id],
    })
    return [
      { id: 'code', title: t('contract'), width: '1fr', text: (row) => of(row).code },
      number('bars'),
      number('held'),
      { id: 'expiry', title: t('expiry'), width: 96, text: (row) => date(of(row).expiry) },
      { id: 'notice', title: t('notice'), width: 96, text: (row) => date(of(row).firstNotice) },
    ]
  }, [contracts, t])
  return <Table label={t('chain')} rows={contracts.length} columns={columns} />
}
