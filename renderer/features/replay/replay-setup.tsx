import { Dices, Play } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fillPolicies, setupProblems } from '../../state/backtest-config.ts'
import { useBacktest } from '../../state/backtest-setup.ts'
import { availableIntervals, preferredInterval } from '../../state/intervals.ts'
import { coveredSpan, dayOf, dayText, parseDay } from '../../state/period.ts'
import { useStore } from '../../state/store.ts'
import { fromWallClock } from '../../state/zone-time.ts'
import { errorText } from '../../text/error-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { ReplayKeys } from './replay-keys.tsx'
import { useReplay } from './use-replay.ts'

/** Where the replay begins, on what, and with how much money. Costs and broker rules are those of the Backtest panel. */
export function ReplaySetup() {
  const { t } = useTranslation(['replay', 'backtest'])
  const form = useSetupForm()
  const { setup, patch } = form
  const failure = useReplay((desk) => desk.failure)
  const instruments = useStore((state) => state.instruments)
  const openPanel = useStore((state) => state.openPanel)
  const start = (event: FormEvent) => {
    event.preventDefault()
    form.start()
  }
  return (
    <form className="replay-setup" onSubmit={start}>
      <header>
        <h2>{t('title')}</h2>
        <p>{t('about')}</p>
      </header>
      {failure !== null && (
        <p className="replay-failure" role="alert">
          {errorText(failure)}
        </p>
      )}
      <div className="replay-fields">
        <Combobox
          label={t('instrument')}
          value={form.instrument}
          options={instruments.map(({ id, name }) => ({ value: id, label: name === '' ? id : `${id} · ${name}` }))}
          onChange={form.choose}
        />
        <Select
          label={t('interval')}
          value={form.interval}
          options={form.intervals.map((value) => ({ value, label: value }))}
          onChange={form.setInterval}
        />
        <div className="replay-start">
          <Field
            label={t('start')}
            type="date"
            value={form.day}
            min={dayText(form.first)}
            max={dayText(form.last)}
            error={form.dayProblem}
            onChange={form.setDay}
          />
          <IconButton icon={Dices} label={t('random')} onClick={form.shuffle} />
        </div>
        <NumberField
          grouped
          label={t('backtest:cash')}
          value={setup.cash}
          min={0}
          step={1000}
          error={form.problems.includes('cash') ? t('backtest:problem.cash') : undefined}
          onChange={(cash) => patch({ cash })}
        />
        <Select
          label={t('backtest:fill.label')}
          value={setup.fillPolicy}
          hint={t(`backtest:fill.about.${setup.fillPolicy}`)}
          options={fillPolicies.map((value) => ({ value, label: t(`backtest:fill.kind.${value}`) }))}
          onChange={(fillPolicy) => patch({ fillPolicy })}
        />
        <p className="replay-costs">
          {t('costs', {
            commission: t(`backtest:commission.kind.${setup.commission.kind}`),
            slippage: t(`backtest:slippage.kind.${setup.slippage.kind}`),
          })}
          <Button variant="quiet" onClick={() => openPanel('backtest')}>
            {t('changeCosts')}
          </Button>
        </p>
      </div>
      <Button variant="primary" icon={Play} type="submit" disabled={!form.isReady}>
        {t('begin')}
      </Button>
      <ReplayKeys />
    </form>
  )
}

/** What the form holds: the money of the Backtest panel, and a beginning of its own. */
function useSetupForm() {
  const { t } = useTranslation('replay')
  const setup = useBacktest((state) => state.setup)
  const patch = useBacktest((state) => state.patch)
  const { coverage, instruments, instrument: selected, interval: shown } = useStore()
  const last = useReplay((desk) => desk.config)
  const [own, setOwn] = useState<{ instrument?: string; interval?: string; day?: string }>(() =>
    last === null ? {} : { instrument: last.instrument, interval: last.interval },
  )
  const instrument = own.instrument ?? selected ?? instruments[0]?.id ?? ''
  const zone = instruments.find(({ id }) => id === instrument)?.zone ?? 'utc'
  const interval = own.interval ?? preferredInterval(coverage, instrument, shown)
  const offered = availableIntervals(coverage, instrument)
  const intervals = offered.includes(interval) ? offered : [interval, ...offered]
  const covered = coveredSpan(coverage, [instrument])
  const firstDay = covered === null ? null : dayOf(covered.from, zone)
  const lastDay = covered === null ? null : dayOf(covered.to - 1, zone)
  const at = (ratio: number) =>
    firstDay === null || lastDay === null ? '' : dayText(dayOf(firstDay + (lastDay - firstDay) * ratio, 'utc'))
  // A quarter of the data as the time before
  const day = own.day ?? at(0.25)
  const from = parseDay(day)
  const isCovered = from !== null && firstDay !== null && lastDay !== null && from >= firstDay && from <= lastDay
  const problems = setupProblems(setup, { strategy: '', instruments: [instrument] }).filter((one) => one !== 'period')
  const isReady = isCovered && problems.length === 0
  const needsFile = setup.fillPolicy === 'tick' || setup.fillPolicy === 'quote' ? setup.fillPolicy : undefined
  return {
    ...{ setup, patch, instrument, interval, intervals, day, problems, isReady },
    first: firstDay,
    last: lastDay,
    dayProblem: isCovered ? undefined : t('dayProblem', { from: dayText(firstDay), to: dayText(lastDay) }),
    choose: (id: string) =>
      setOwn({
        instrument: id,
        ...(own.interval === undefined ? {} : { interval: preferredInterval(coverage, id, own.interval) }),
      }),
    setInterval: (next: string) => setOwn({ ...own, interval: next }),
    setDay: (next: string) => setOwn({ ...own, day: next }),
    // Not at the edges: a quarter before to look at, a tenth behind to trade in
    shuffle: () => setOwn({ ...own, day: at(0.25 + Math.random() * 0.65) }),
    start() {
      if (!isReady || from === null) return
      const { cash, commission, slippage, profile, fillPolicy, broker, marketFile } = setup
      void useReplay.getState().open({
        ...{ instrument, interval, from: fromWallClock(from, zone), to: null },
        ...{ cash, commission, slippage, profile, fillPolicy, broker },
        ...(needsFile === undefined || marketFile === ''
          ? {}
          : { marketFiles: [{ instrument, kind: needsFile, path: marketFile }] }),
      })
    },
  }
}
