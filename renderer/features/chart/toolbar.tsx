import {
  BarChart3,
  BellPlus,
  CalendarSearch,
  Camera,
  ChartSpline,
  Crosshair,
  Maximize2,
  RotateCcw,
  Spline,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { availableIntervals } from '../../state/intervals.ts'
import { useStore } from '../../state/store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { count } from '../../ui/format.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import type { ChartSettings } from './chart-settings.ts'

interface ToolbarProps {
  readonly settings: ChartSettings
  onSettings(patch: Partial<ChartSettings>): void
  /** Trades of the selected run on this instrument; null without a run. */
  readonly trades: number | null
  /** Lines of that run's strategy; null when there are none to show or to hide. */
  readonly lines: number | null
  onIndicators(): void
  onAlert(): void
  onGoToDate(): void
  onFit(): void
  onReset(): void
  onPicture(): void
}

/** What is shown, and how. */
export function Toolbar(props: ToolbarProps) {
  const { settings, onSettings, trades, lines } = props
  const { t } = useTranslation('chart')
  return (
    <div className="chart-toolbar" role="toolbar" aria-label={t('toolbar')}>
      <InstrumentAndInterval />
      <Button variant="quiet" icon={ChartSpline} onClick={props.onIndicators}>
        {t('indicator.title')}
      </Button>
      <Segmented
        label={t('scale.title')}
        value={settings.scale}
        options={[
          { value: 'linear', label: t('scale.linear') },
          { value: 'log', label: t('scale.log') },
          { value: 'percent', label: t('scale.percent') },
        ]}
        onChange={(scale) => onSettings({ scale })}
      />
      <IconButton
        icon={BarChart3}
        label={t('volume')}
        pressed={settings.volume}
        onClick={() => onSettings({ volume: !settings.volume })}
      />
      {trades !== null && (
        <Button
          variant="quiet"
          icon={Crosshair}
          aria-pressed={settings.trades}
          className={settings.trades ? 'is-pressed' : ''}
          onClick={() => onSettings({ trades: !settings.trades })}
        >
          {t('trades', { count: trades, trades: count(trades) })}
        </Button>
      )}
      {lines !== null && (
        <Button
          variant="quiet"
          icon={Spline}
          title={t('runLines.about')}
          aria-pressed={settings.lines}
          className={settings.lines ? 'is-pressed' : ''}
          onClick={() => onSettings({ lines: !settings.lines })}
        >
          {settings.lines ? t('runLines.shown', { count: lines, lines: count(lines) }) : t('runLines.hidden')}
        </Button>
      )}
      <span className="chart-toolbar-rest">
        <IconButton icon={BellPlus} label={`${t('alert')} (Alt+A)`} onClick={props.onAlert} />
        <IconButton icon={CalendarSearch} label={`${t('goTo.title')} (Alt+G)`} onClick={props.onGoToDate} />
        <IconButton icon={Maximize2} label={`${t('fit')} (Alt+F)`} onClick={props.onFit} />
        <IconButton icon={RotateCcw} label={`${t('reset')} (Alt+R)`} onClick={props.onReset} />
        <IconButton icon={Camera} label={`${t('picture')} (Alt+S)`} onClick={props.onPicture} />
      </span>
    </div>
  )
}

function InstrumentAndInterval() {
  const { t } = useTranslation(['chart', 'app'])
  const instruments = useStore((state) => state.instruments)
  const coverage = useStore((state) => state.coverage)
  const instrument = useStore((state) => state.instrument)
  const interval = useStore((state) => state.interval)
  const { selectInstrument, selectInterval } = useStore.getState()
  const withBars = new Set(coverage.map((series) => series.instrument))
  const intervals = instrument === null ? [] : availableIntervals(coverage, instrument)
  const offered = intervals.includes(interval) ? intervals : [interval, ...intervals]
  const simulated = instruments.find(({ id }) => id === instrument)?.simulated === true
  return (
    <>
      <Combobox
        bare
        label={t('instrument')}
        placeholder={t('instrument')}
        value={instrument ?? ''}
        options={instruments
          .filter(({ id }) => withBars.has(id))
          .map(({ id, name }) => ({ value: id, label: name === '' ? id : `${id} · ${name}` }))}
        onChange={selectInstrument}
      />
      <Select
        bare
        label={t('interval')}
        value={interval}
        options={offered.map((value) => ({ value, label: value }))}
        onChange={selectInterval}
      />
      {simulated && (
        <span className="tw-badge is-sim" title={t('app:sim.about')}>
          SIM
        </span>
      )}
    </>
  )
}
