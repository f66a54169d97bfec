import './chart.css'
import { CandlestickChart } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandleChart } from '../../chart/candle-chart.ts'
import { draftAlert } from '../../state/alert-draft.ts'
import { isDaily } from '../../state/intervals.ts'
import { useInstrument, useStore } from '../../state/store.ts'
import type { Focus } from '../../state/types.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button } from '../../ui/button.tsx'
import { zoneFor } from '../../ui/date-time.ts'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { ChartFooter } from './chart-footer.tsx'
import { freeKey, type IndicatorChoice, type PlacedIndicator } from './chart-settings.ts'
import { type ChartMemory, ChartView } from './chart-view.tsx'
import { GoToDate } from './go-to-date.tsx'
import { IndicatorDialog } from './indicator-dialog.tsx'
import { QuickEntry } from './quick-entry.tsx'
import { saveChart } from './save-chart.ts'
import { Toolbar } from './toolbar.tsx'
import { type BarsShown, useBars } from './use-bars.ts'
import { useChartCommands } from './use-chart-commands.ts'
import { useChartSettings } from './use-chart-settings.ts'
import { useIndicators } from './use-indicators.ts'
import { type LiveBars, useLiveBars } from './use-live-bars.ts'
import { useRunLines } from './use-run-lines.ts'
import { useRunTrades } from './use-run-trades.ts'

type Overlay =
  | { readonly kind: 'none' }
  | { readonly kind: 'date' }
  | { readonly kind: 'indicator'; readonly placed: PlacedIndicator | null }
  | { readonly kind: 'typing'; readonly key: string }

const none: Overlay = { kind: 'none' }

/** Candles, indicators and the trades of the selected run. */
export function ChartPanel() {
  const { t } = useTranslation('chart')
  const instrument = useStore((state) => state.instrument)
  const interval = useStore((state) => state.interval)
  const language = useStore((state) => state.language)
  const zonePreference = useStore((state) => state.zone)
  const record = useInstrument(instrument)
  const zone = zoneFor(zonePreference, record?.zone)
  const { settings, change } = useChartSettings('main')
  const { answer, shown, reload } = useBars(instrument, interval)
  const catalogue = answered(useRequest('indicator.list', {}).answer)?.indicators ?? []
  const placed = settings?.indicators ?? []
  const live = useLiveBars(shown)
  const settled = useSettled(shown, live)
  const own = useIndicators(placed, catalogue, settled).indicators
  const marks = useRunTrades(shown)
  const runLines = useRunLines(shown, marks !== null, settings?.lines === true)
  const indicators = useMemo(() => [...own, ...runLines.indicators], [own, runLines])
  const [chart, setChart] = useState<CandleChart | null>(null)
  const memory = useRef<ChartMemory | null>(null)
  const [overlay, setOverlay] = useState<Overlay>(none)
  const [factor, setFactor] = useState(1)
  const focusTrade = useFocus(chart, marks, shown !== null && shown.instrument === instrument)

  const save = () => {
    if (chart !== null && shown !== null && record !== undefined)
      saveChart({ chart, shown, record, zone, indicators, factor })
  }
  const alertHere = () => {
    const last = shown?.bars.close[shown.bars.length - 1]
    if (shown !== null && last !== undefined) draftAlert(`${shown.instrument} ${shown.interval}: close crosses ${last}`)
  }
  const toggleScale = (scale: 'log' | 'percent') => change({ scale: settings?.scale === scale ? 'linear' : scale })
  useChartCommands({
    reset: () => chart?.reset(),
    fit: () => chart?.fit(),
    log: () => toggleScale('log'),
    percent: () => toggleScale('percent'),
    picture: save,
    goToDate: () => setOverlay({ kind: 'date' }),
    indicators: () => setOverlay({ kind: 'indicator', placed: null }),
    volume: () => change({ volume: settings?.volume === false }),
    alert: alertHere,
    trades: () => change({ trades: settings?.trades === false }),
  })
  const put = (id: string, choice: IndicatorChoice, before: PlacedIndicator | null) =>
    change({
      indicators:
        before === null
          ? [...placed, { ...choice, id, key: freeKey(placed), hidden: false }]
          : placed.map((one) => (one === before ? { ...one, ...choice } : one)),
    })
  const indicatorActions = {
    hide: (key: string) =>
      change({ indicators: placed.map((one) => (one.key === key ? { ...one, hidden: !one.hidden } : one)) }),
    edit: (key: string) => setOverlay({ kind: 'indicator', placed: placed.find((one) => one.key === key) ?? null }),
    remove: (key: string) => change({ indicators: placed.filter((one) => one.key !== key) }),
  }

  if (settings === null) return <Loading />
  return (
    <div className="chart">
      <Toolbar
        settings={settings}
        onSettings={change}
        trades={marks?.length ?? null}
        lines={runLines.count}
        onIndicators={() => setOverlay({ kind: 'indicator', placed: null })}
        onAlert={alertHere}
        onGoToDate={() => setOverlay({ kind: 'date' })}
        onFit={() => chart?.fit()}
        onReset={() => chart?.reset()}
        onPicture={save}
      />
      <div className="chart-body">
        {shown !== null && record !== undefined && shown.bars.length > 0 ? (
          <ChartView
            // What the library's chart is made with: a change makes a new view, so that nothing speaks to the old chart.
            key={`${zone} ${language} ${isDaily(shown.interval)}`}
            ref={setChart}
            memory={memory}
            shown={shown}
            live={live}
            record={record}
            zone={zone}
            language={language}
            settings={settings}
            indicators={indicators}
            marks={marks}
            actions={indicatorActions}
            onTyping={(key) => setOverlay({ kind: 'typing', key })}
            onTrade={focusTrade}
            onFactor={setFactor}
          />
        ) : (
          <NoBars answer={answer} isEmpty={shown !== null && shown.bars.length === 0} onRetry={reload} />
        )}
        {answer.state === 'loading' && shown !== null && <p className="chart-busy">{t('loading')}</p>}
        {overlay.kind === 'typing' && <QuickEntry first={overlay.key} onClose={() => setOverlay(none)} />}
      </div>
      {shown !== null && <ChartFooter shown={shown} zone={zone} asked={interval} factor={factor} />}
      {overlay.kind === 'indicator' && (
        <IndicatorDialog
          catalogue={catalogue}
          placed={overlay.placed}
          onApply={(id, choice) => put(id, choice, overlay.placed)}
          onClose={() => setOverlay(none)}
        />
      )}
      {overlay.kind === 'date' && shown !== null && (
        <GoToDate
          from={shown.bars.time[0] ?? 0}
          to={shown.bars.time[shown.bars.length - 1] ?? 0}
          zone={zone}
          onGo={(day) => chart?.goToTime(day, day)}
          onClose={() => setOverlay(none)}
        />
      )}
    </div>
  )
}

interface NoBarsProps {
  readonly answer: ReturnType<typeof useBars>['answer']
  readonly isEmpty: boolean
  onRetry(): void
}

function NoBars({ answer, isEmpty, onRetry }: NoBarsProps) {
  const { t } = useTranslation('chart')
  const catalogue = useStore((state) => state.catalogue)
  const openPanel = useStore((state) => state.openPanel)
  const toData = <Button onClick={() => openPanel('data')}>{t('empty.toData')}</Button>
  if (answer.state === 'failed') {
    return (
      <Failure error={answer.error} title={t('failed')} onRetry={onRetry}>
        {toData}
      </Failure>
    )
  }
  if (answer.state === 'loading' || catalogue.state === 'loading') return <Loading text={t('loading')} />
  return (
    <Empty icon={CandlestickChart} title={t(isEmpty ? 'empty.noBars' : 'empty.title')} text={t('empty.text')}>
      {toData}
    </Empty>
  )
}

/** Time until a bar that closed can be read from the store. */
const storedMs = 1_000

/** The bars as another value after some of them closed, for what is computed in the service over all that is stored. */
function useSettled(shown: BarsShown | null, live: LiveBars | null): BarsShown | null {
  const closed = live?.closed ?? 0
  const [settled, setSettled] = useState(shown)
  useEffect(() => {
    if (closed === 0) return
    const timer = setTimeout(() => setSettled(shown === null ? null : { ...shown }), storedMs)
    return () => clearTimeout(timer)
  }, [shown, closed])
  return settled?.bars === shown?.bars ? settled : shown
}

/** Goes where another panel points and lights that trade; returns what lights a trade of the chart for all panels. */
function useFocus(
  chart: CandleChart | null,
  marks: ReturnType<typeof useRunTrades>,
  isReady: boolean,
): (trade: number) => void {
  const focus = useStore((state) => state.focus)
  /** The focus the chart has gone to, or which came from the chart: it is not gone to again. */
  const seen = useRef<Focus | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trade can be lit only once the marks have come.
  useEffect(() => {
    if (chart === null || !isReady) return
    chart.light(focus?.tradeIndex ?? null)
    if (focus === null || focus === seen.current) return
    seen.current = focus
    chart.goToTime(focus.time, focus.exitTime ?? focus.time)
  }, [chart, focus, isReady, marks])
  return useCallback(
    (trade: number) => {
      const instrument = useStore.getState().instrument
      if (marks === null || instrument === null) return
      const exitTime = marks.exitTime[trade] ?? Number.NaN
      seen.current = {
        instrument,
        time: marks.entryTime[trade] ?? 0,
        exitTime: Number.isNaN(exitTime) ? null : exitTime,
        tradeIndex: marks.row[trade] ?? null,
      }
      useStore.getState().goTo(seen.current)
    },
    [marks],
  )
}
