import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Segmented } from '../../ui/segmented.tsx'
import { Empty } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { groupColumns } from './group-columns.ts'
import type { TearSheet } from './use-sheet.ts'

type By = 'side' | TearSheet['breakdowns'][number]['by']

const kinds: readonly By[] = ['side', 'tag', 'exit', 'symbol', 'hour', 'weekday', 'month', 'year']

/** The closed trades of one kind beside each other: which side, tag, exit, symbol or time earned what. */
export function BreakdownTab({ sheet }: { readonly sheet: TearSheet }) {
  const { t, i18n } = useTranslation('report')
  const [by, setBy] = useState<By>('side')
  const groups = by === 'side' ? sheet.sides : (sheet.breakdowns.find((one) => one.by === by)?.groups ?? [])
  const columns = useMemo(() => {
    return groupColumns(groups, { title: t(`sheet.by.${by}`), name: keyName(by, t, i18n.language) }, t)
  }, [groups, by, t, i18n.language])
  return (
    <div className="report-tab">
      <div className="report-toolbar">
        <Segmented<By>
          label={t('sheet.breakdown')}
          value={by}
          options={kinds.map((value) => ({ value, label: t(`sheet.by.${value}`) }))}
          onChange={setBy}
        />
        <span className="report-faint report-hint">{t('sheet.entryClock', { zone: sheet.zone })}</span>
      </div>
      <Table
        label={t('sheet.breakdown')}
        rows={groups.length}
        columns={columns}
        empty={<Empty title={t('trade.none')} />}
      />
    </div>
  )
}

/** How a group's key is written. */
function keyName(by: By, t: TFunction<'report'>, language: string): (key: string) => string {
  const names: Readonly<Partial<Record<By, (key: string) => string>>> = {
    symbol: (key) => key,
    year: (key) => key,
    tag: (key) => key || t('sheet.untagged'),
    month: (key) => monthName(key, language),
    hour: (key) => `${key}:00`,
  }
  return names[by] ?? ((key) => t([`sheet.key.${key}`, 'sheet.key.other'], { key }))
}

function monthName(key: string, language: string): string {
  const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
  return format.format(Date.UTC(2020, Number(key) - 1, 1))
}
