import { Code2, Copy, Gauge, GitCompare, Settings2, ShieldCheck } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { financingOf } from '../../state/backtest-config.ts'
import { openRunCode } from '../../state/editor-request.ts'
import { repeatRun } from '../../state/repeat-run.ts'
import type { Commission, RunDetail, Slippage } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import { useVerifications, verifyRun } from '../../state/verification.ts'
import { IconButton } from '../../ui/button.tsx'
import { date, dateTime } from '../../ui/date-time.ts'
import { count, duration, money } from '../../ui/format.ts'
import { VerdictBadge } from '../../ui/verdict-badge.tsx'
import { ExportMenu } from './export-menu.tsx'
import { StressSheet } from './stress-sheet.tsx'
import type { SheetOptions } from './use-sheet.ts'

/** What was run on which data under which assumptions: enough to trace every figure below. */
export function ReportHeader({ detail, options }: { readonly detail: RunDetail; readonly options: SheetOptions }) {
  const { t } = useTranslation(['report', 'explain'])
  const [stressed, setStressed] = useState(false)
  const { summary, capsule } = detail
  const { config } = summary
  const verification = useVerifications((state) => state.byRun[summary.id])
  const simulated = capsule.instruments.some((instrument) => instrument.simulated)
  const zoneOf = (id: string) => capsule.instruments.find((instrument) => instrument.id === id)?.zone ?? 'utc'
  const currency = capsule.instruments[0]?.currency ?? ''

  return (
    <header className="report-header">
      <div className="report-title">
        <h2>{summary.strategyName}</h2>
        {simulated && (
          <span className="report-sim" title={t('simAbout')}>
            SIM
          </span>
        )}
        <VerdictBadge verification={verification} />
        <span className="report-actions">
          <IconButton
            icon={ShieldCheck}
            label={t('verify')}
            disabled={summary.state !== 'done' || verification?.state === 'running'}
            onClick={() => void verifyRun(summary.id)}
          />
          <IconButton
            icon={Gauge}
            label={t('explain:stress.open')}
            disabled={summary.state !== 'done'}
            onClick={() => setStressed(true)}
          />
          <IconButton icon={Code2} label={t('openCode')} onClick={() => openRunCode(summary.id)} />
          <IconButton icon={Settings2} label={t('configureAgain')} onClick={() => void repeatRun(detail)} />
          <IconButton icon={GitCompare} label={t('compare')} onClick={() => compareFrom(summary.id)} />
          {summary.state === 'done' && <ExportMenu run={summary.id} options={options} />}
        </span>
      </div>
      <dl className="report-facts">
        <Fact name={t('run')}>
          {summary.id} · {dateTime(summary.createdAt, 'local')} · {duration(summary.durationMs)}
        </Fact>
        <Fact name={t('data')}>
          {capsule.data.map((use) => (
            <span key={use.instrument} className="report-data-use">
              {use.instrument} {use.interval} {date(use.from, zoneOf(use.instrument))} –{' '}
              {date(use.to - 1, zoneOf(use.instrument))} · {t('bars', { bars: count(use.bars) })}{' '}
              <Hash value={use.hash} />
            </span>
          ))}
        </Fact>
        <Fact name={t('costs')}>
          {t('costLine', {
            cash: money(config.cash, currency),
            commission: t(`commission.${config.commission.kind}`, {
              ...config.commission,
              percent: percentOf(config.commission),
            }),
            slippage: t(`slippage.${config.slippage.kind}`, {
              ...config.slippage,
              percent: percentOf(config.slippage),
            }),
          })}
        </Fact>
        <Fact name={t('profile')}>
          {config.profile === 'default' ? 'Tickwright' : 'backtrader'} · {t(`fill.${config.fillPolicy}`)}
        </Fact>
        {brokerText(config) !== '' && <Fact name={t('explain:broker')}>{brokerText(config)}</Fact>}
        {Object.keys(config.params).length > 0 && (
          <Fact name={t('params')}>
            {Object.entries(config.params)
              .map(([name, value]) => `${name} ${value}`)
              .join(' · ')}
          </Fact>
        )}
        {summary.note !== '' && <Fact name={t('note')}>{summary.note}</Fact>}
      </dl>
      {stressed && <StressSheet run={summary.id} onClose={() => setStressed(false)} />}
      {verification?.state === 'different' && (
        <p className="report-difference" role="alert">
          {t('firstDifference', { difference: verification.firstDifference })}
        </p>
      )}
    </header>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Settings of the broker that a run does not have by itself, and financing, by their names in the configuration. */
function brokerText({ broker = {}, commission }: RunDetail['summary']['config']): string {
  const { lots, exits, ...rest } = broker
  const settings = {
    ...financingOf(commission),
    ...(lots === 'exact' ? { lots } : {}),
    ...(exits === 'each' ? { exits } : {}),
    ...rest,
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${JSON.stringify(value).replaceAll('"', '')}`)
    .join(' · ')
}

/** A content hash, shortened on screen and whole in the clipboard. */
export function Hash({ value }: { readonly value: string }) {
  const { t } = useTranslation('report')
  return (
    <button
      type="button"
      className="report-hash"
      title={t('copyHash', { hash: value })}
      onClick={() => void navigator.clipboard.writeText(value)}
    >
      <code>{value.slice(0, 10)}</code>
      <Copy size={10} aria-hidden="true" />
    </button>
  )
}

/** The ratio of a cost as percent without binary noise: 0.0007 → `0.07`; empty for costs that are no ratio. */
function percentOf(cost: Commission | Slippage): string {
  if (cost.kind !== 'percent') return ''
  return String(Number((('rate' in cost ? cost.rate : cost.ratio) * 100).toPrecision(12)))
}

function compareFrom(run: string): void {
  const { selectRun, openPanel } = useStore.getState()
  selectRun(run)
  openPanel('runs')
}
