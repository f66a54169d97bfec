import type { TFunction } from 'i18next'
import { CircleCheck } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import type { Problem } from '../../state/types.ts'
import { Empty } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'

/** What is wrong with the open strategy, with its place; opening a line brings the editor there. */
export function ProblemsPanel() {
  const { t } = useTranslation('app')
  const { strategy, problems } = useStore((state) => state.problems)
  const openPlace = useStore((state) => state.openPlace)
  const columns = useMemo(() => problemColumns(problems, t), [problems, t])
  const open = (row: number) => {
    const problem = problems[row]
    if (problem !== undefined) openPlace({ strategy, line: problem.line, column: problem.column })
  }
  const text = strategy === '' ? t('problems.noneText') : t('problems.cleanText', { strategy })
  return (
    <Table
      label={t('panels.problems')}
      rows={problems.length}
      columns={columns}
      onOpen={open}
      empty={<Empty icon={CircleCheck} title={t('problems.none')} text={text} />}
    />
  )
}

function problemColumns(problems: readonly Problem[], t: TFunction<'app'>): Column[] {
  const problem = (row: number) => problems[row] as Problem
  return [
    {
      id: 'severity',
      title: t('problems.severity'),
      width: 80,
      text: (row) => t(`problems.${problem(row).severity}`),
      value: (row) => problem(row).severity,
      tone: (row) => (problem(row).severity === 'error' ? 'error' : 'warn'),
    },
    {
      id: 'place',
      title: t('problems.place'),
      width: 190,
      text: (row) => `${problem(row).file}:${problem(row).line}:${problem(row).column}`,
      value: (row) => problem(row).line,
    },
    { id: 'message', title: t('problems.message'), width: '1fr', minWidth: 240, text: (row) => problem(row).message },
  ]
}
