import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { count, dateTime, zoneFor } from '../../ui/format.ts'
import { Select } from '../../ui/select.tsx'
import { Empty } from '../../ui/states.tsx'

type Day = Gives<'blotter.gaps'>['days'][number]

const shownGaps = 50
const dayMs = 86_400_000

/** A year of an instrument, day by day: what is stored against what its calendar expects. A day with holes is filled by a click. */
export function GapMap() {
  const { t } = useTranslation('data')
  const { instrument, instruments, coverage } = useStore()
  const series = coverage.filter((each) => each.instrument === instrument && /[smhdwMy]$/.test(each.interval))
  const [chosen, setChosen] = useState('')
  const current = series.find(({ interval }) => interval === chosen) ?? series[0]
  const [year, setYear] = useState<number | null>(null)
  const shown = year ?? new Date(current?.to ?? 0).getUTCFullYear()
  // Before the first bar and after the last nothing is missing: it was never there
  const from = Math.max(Date.UTC(shown, 0), current?.from ?? 0)
  const to = Math.max(from, Math.min(Date.UTC(shown + 1, 0), current?.to ?? 0))
  const interval = current?.interval ?? ''
  const wanted = current === undefined || instrument === null ? null : { instrument, interval, from, to, leastBars: 1 }
  const found = answered(useRequest('blotter.gaps', wanted, current?.updatedAt ?? 0).answer)
  if (wanted === null) return <Empty icon={CalendarDays} title={t('gaps.none')} text={t('gaps.noneText')} />
  const backfill = async ({ from, to }: { readonly from: number; readonly to: number }) => {
    try {
      await bridge().call('blotter.backfill', { instrument: wanted.instrument, interval, from, to, ticks: false })
      useStore.getState().openPanel('jobs')
    } catch (error) {
      useStore.getState().notifyError(error)
    }
  }
  const record = instruments.find(({ id }) => id === instrument)
  return (
    <section className="gaps" aria-label={t('gaps.title')}>
      <header>
        <strong>{instrument}</strong>
        <Select
          bare
          label={t('gaps.interval')}
          value={interval}
          options={series.map((each) => ({ value: each.interval, label: each.interval }))}
          onChange={setChosen}
        />
        <IconButton
          icon={ChevronLeft}
          label={t('gaps.before')}
          disabled={from <= (current?.from ?? 0)}
          onClick={() => setYear(shown - 1)}
        />
        <span className="gaps-year">{shown}</span>
        <IconButton
          icon={ChevronRight}
          label={t('gaps.after')}
          disabled={to >= (current?.to ?? 0)}
          onClick={() => setYear(shown + 1)}
        />
        <span className="gaps-calendar">{t('gaps.calendar', { calendar: record?.calendar ?? t('gaps.always') })}</span>
      </header>
      {found !== undefined && (
        <>
          <p role="status">{summaryOf(found, t)}</p>
          <DayGrid days={found.days} onFill={backfill} />
          <ol className="gaps-list" aria-label={t('gaps.holes')}>
            {found.gaps.slice(0, shownGaps).map((gap) => (
              <li key={gap.from}>
                <button type="button" onClick={() => void backfill(gap)}>
                  {dateTime(gap.from, zoneFor('exchange', record?.zone))} –{' '}
                  {dateTime(gap.to, zoneFor('exchange', record?.zone))}
                </button>
                <span>{t('gaps.missing', { count: gap.missing, missing: count(gap.missing) })}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

function summaryOf(
  { days, gaps }: Gives<'blotter.gaps'>,
  t: (key: string, values: Record<string, unknown>) => string,
): string {
  const present = days.reduce((sum, day) => sum + Math.min(day.present, day.expected), 0)
  const expected = days.reduce((sum, day) => sum + day.expected, 0)
  return t('gaps.summary', { present: count(present), expected: count(expected), count: gaps.length })
}

/** Weeks as columns, Monday first. */
function DayGrid({ days, onFill }: { readonly days: readonly Day[]; onFill(day: Day): Promise<void> }) {
  const { t, i18n } = useTranslation('data')
  const month = new Intl.DateTimeFormat(i18n.language, { month: 'short', timeZone: 'UTC' })
  const months = days.filter(({ day }, index) => index === 0 || day.endsWith('-01'))
  const first = days[0] === undefined ? 0 : weekOf(days[0].day)
  return (
    <div className="gaps-days">
      {months.map(({ day }) => (
        <span key={day} className="gaps-month" style={{ gridColumn: weekOf(day) - first + 1 }}>
          {month.format(new Date(day))}
        </span>
      ))}
      {days.map((day) => {
        const place = { gridColumn: weekOf(day.day) - first + 1, gridRow: weekday(day.day) + 2 }
        const label = t('gaps.day', { day: day.day, present: count(day.present), expected: count(day.expected) })
        return (
          <button
            key={day.day}
            type="button"
            className={classNames('gaps-cell', `is-${stateOf(day)}`)}
            style={place}
            title={label}
            aria-label={label}
            disabled={day.present >= day.expected}
            onClick={() => void onFill(day)}
          />
        )
      })}
    </div>
  )
}

function stateOf({ present, expected }: Day): 'closed' | 'full' | 'most' | 'some' | 'empty' {
  if (expected === 0) return 'closed'
  const part = present / expected
  if (part >= 1) return 'full'
  if (part === 0) return 'empty'
  return part >= 0.9 ? 'most' : 'some'
}

/** 0 is Monday. */
function weekday(day: string): number {
  return (new Date(day).getUTCDay() + 6) % 7
}

function weekOf(day: string): number {
  return Math.floor((Date.parse(day) / dayMs + 3) / 7)
}
