import type { TFunction } from 'i18next'
import { count, decimal, percent, signedMoney } from '../../ui/format.ts'
import type { Column } from '../../ui/table.tsx'
import type { TearSheet } from './use-sheet.ts'

export type TradeGroup = TearSheet['sides'][number]

const toneOf = (value: number | null | undefined) =>
  value === null || value === undefined || value === 0 ? undefined : value > 0 ? 'profit' : 'loss'

/** Columns of a table of trade groups. */
export function groupColumns(
  groups: readonly TradeGroup[],
  first: { title: string; name(key: string): string },
  t: TFunction<'report'>,
): Column[] {
  const of = (row: number) => groups[row]
  const figure = (
    id: keyof TradeGroup,
    width: number,
    text: (value: number | null | undefined) => string,
    coloured = false,
  ): Column => {
    const value = (row: number) => (of(row)?.[id] ?? null) as number | null
    return {
      id,
      title: t(`sheet.column.${id}`),
      width,
      align: 'right',
      text: (row) => text(value(row)),
      value,
      ...(coloured ? { tone: (row: number) => toneOf(value(row)) } : {}),
    }
  }
  return [
    {
      id: 'key',
      title: first.title,
      width: '1fr',
      minWidth: 90,
      text: (row) => first.name(of(row)?.key ?? ''),
      value: (row) => of(row)?.key ?? '',
    },
    figure('trades', 66, count),
    figure('winRate', 80, (value) => percent(value)),
    figure('net', 116, (value) => signedMoney(value), true),
    figure('average', 106, (value) => signedMoney(value), true),
    figure('profitFactor', 96, (value) => decimal(value)),
    figure('largestWin', 106, (value) => signedMoney(value)),
    figure('largestLoss', 106, (value) => signedMoney(value)),
    figure('averageBars', 86, (value) => decimal(value, 1)),
    figure('fees', 96, (value) => decimal(value)),
  ]
}
