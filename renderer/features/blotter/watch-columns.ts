import type { TFunction } from 'i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { duration, price, quantity, ratioPercent } from '../../ui/format.ts'
import type { Column, Tone } from '../../ui/table.tsx'

export type WatchRow = Gives<'blotter.watch'>['rows'][number]

interface WatchContext {
  /** The service's clock when the figures were read, EpochMs. */
  readonly at: number
  readonly instruments: readonly { readonly id: string; readonly tickSize: number }[]
  readonly t: TFunction<'data'>
}

/** Figures older than this are greyed: nobody should trade on them. */
export const staleMs = 15_000

/** Age of a figure, null when there is none; a source's clock may be ahead of ours. */
export function ageOf(time: number | null, at: number): number | null {
  return time === null ? null : Math.max(0, at - time)
}

/** Last, change, bid, ask, spread, each with the age of what it stands on. */
export function watchColumns(rows: readonly WatchRow[], { at, instruments, t }: WatchContext): Column[] {
  const of = (row: number) => rows[row] as WatchRow
  const tick = (row: number) => instruments.find(({ id }) => id === of(row).instrument)?.tickSize ?? 0.01
  const stale = (time: number | null): Tone | undefined =>
    (ageOf(time, at) ?? Number.POSITIVE_INFINITY) > staleMs ? 'muted' : undefined
  const change = (row: number) => {
    const { last, reference } = of(row)
    return last === null || reference === null || reference === 0 ? null : last / reference - 1
  }
  const spread = ({ bid, ask }: WatchRow) => (bid === null || ask === null ? null : ask - bid)
  const figure = (
    id: string,
    value: (row: number) => number | null,
    time: (row: WatchRow) => number | null,
  ): Column => ({
    id,
    title: t(`blotter.${id}`),
    width: 84,
    align: 'right',
    text: (row) => price(value(row), tick(row)),
    value,
    tone: (row) => stale(time(of(row))),
  })
  return [
    {
      id: 'instrument',
      title: t('blotter.instrument'),
      width: '1fr',
      minWidth: 120,
      text: (row) => of(row).instrument,
      value: (row) => of(row).instrument,
    },
    figure(
      'last',
      (row) => of(row).last,
      (row) => row.lastTime,
    ),
    {
      ...{ id: 'change', title: t('blotter.change'), about: t('blotter.changeAbout'), width: 72, align: 'right' },
      text: (row) => ratioPercent(change(row)),
      value: change,
      tone: (row) =>
        stale(of(row).lastTime) ?? (change(row) === 0 ? undefined : (change(row) ?? 0) > 0 ? 'profit' : 'loss'),
    },
    {
      id: 'size',
      title: t('blotter.size'),
      width: 72,
      align: 'right',
      text: (row) => quantity(of(row).lastSize),
      value: (row) => of(row).lastSize,
    },
    figure(
      'bid',
      (row) => of(row).bid,
      (row) => row.quoteTime,
    ),
    figure(
      'ask',
      (row) => of(row).ask,
      (row) => row.quoteTime,
    ),
    figure(
      'spread',
      (row) => spread(of(row)),
      (row) => row.quoteTime,
    ),
    {
      ...{ id: 'age', title: t('blotter.age'), about: t('blotter.ageAbout'), width: 72, align: 'right' },
      text: (row) => duration(ageOf(of(row).lastTime ?? of(row).quoteTime, at)),
      value: (row) => ageOf(of(row).lastTime ?? of(row).quoteTime, at),
      tone: (row) => stale(of(row).lastTime ?? of(row).quoteTime),
    },
  ]
}
