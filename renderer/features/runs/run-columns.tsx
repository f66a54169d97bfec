import type { TFunction } from 'i18next'
import { zoneOfFirst } from '../../state/backtest-setup.ts'
import type { Metric, RunSummary } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import type { Instrument } from '../../state/types.ts'
import { date, dateTime } from '../../ui/date-time.ts'
import { count, decimal, duration, missing, percent, ratioPercent } from '../../ui/format.ts'
import type { Column } from '../../ui/table.tsx'

/** Metrics that the history shows. */
type ShownMetric = 'total-return' | 'max-drawdown' | 'sharpe'

/** `2000-01-03 – 2020-12-31` in days of the exchange; `all` when both ends are open. */
export function periodText(run: RunSummary, all: string, zone: string): string {
  const { from, to } = run.config
  if (from === null && to === null) return all
  return `${from === null ? '…' : date(from, zone)} – ${to === null ? '…' : date(to - 1, zone)}`
}

/** `fast 10 · slow 30`. */
export function paramsText(run: RunSummary): string {
  return Object.entries(run.config.params)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ')
}

interface RunColumnsInput {
  readonly runs: readonly RunSummary[]
  readonly t: TFunction<'runs'>
  readonly metrics: readonly Metric[]
  readonly language: 'en' | 'zh'
  readonly instruments: readonly Instrument[]
}

/** Columns of the history. */
export function runColumns({ runs, t, metrics, language, instruments }: RunColumnsInput): Column[] {
  const run = (row: number) => runs[row]
  const metric = (id: ShownMetric) => (row: number) => run(row)?.metrics[id] ?? null
  const about = (id: ShownMetric) => {
    const found = metrics.find((one) => one.id === id)
    return found === undefined ? {} : { about: `${found.about[language]} ${found.formula}` }
  }
  const text = (id: string, width: Column['width'], of: (one: RunSummary) => string): Column => ({
    id,
    title: t(`column.${id}`),
    width,
    text: (row) => {
      const one = run(row)
      return one === undefined ? missing : of(one) || missing
    },
    value: (row) => {
      const one = run(row)
      return one === undefined ? null : of(one)
    },
  })
  const figure = (id: string, width: number, name: ShownMetric, show: (value: number | null) => string): Column => ({
    id,
    title: t(`column.${id}`),
    ...about(name),
    width,
    align: 'right',
    text: (row) => show(metric(name)(row)),
    value: metric(name),
  })
  const total = metric('total-return')
  return [
    {
      id: 'time',
      title: t('column.time'),
      width: 132,
      text: (row) => dateTime(run(row)?.createdAt, 'local', 'minute'),
      value: (row) => run(row)?.createdAt ?? null,
    },
    text('strategy', 116, (one) => one.strategyName),
    text('instruments', 84, (one) => one.config.instruments.join(', ')),
    text('interval', 44, (one) => one.config.interval),
    { ...text('params', '2fr', paramsText), minWidth: 116 },
    {
      ...figure('return', 78, 'total-return', (value) => ratioPercent(value)),
      tone: (row) => {
        const value = total(row)
        return value === null || value === 0 ? undefined : value > 0 ? 'profit' : 'loss'
      },
    },
    figure('drawdown', 78, 'max-drawdown', (value) => percent(value, 2)),
    figure('sharpe', 58, 'sharpe', (value) => decimal(value)),
    {
      id: 'trades',
      title: t('column.trades'),
      width: 56,
      align: 'right',
      text: (row) => (run(row)?.state === 'done' ? count(run(row)?.counts.trades) : missing),
      value: (row) => run(row)?.counts.trades ?? null,
    },
    {
      id: 'state',
      title: t('column.state'),
      width: 76,
      text: (row) => stateText(run(row), t),
      cell: (row) => {
        const one = run(row)
        return one?.state === 'running' ? <RunningShare run={one.id} text={t('state.running')} /> : stateText(one, t)
      },
      value: (row) => run(row)?.state ?? '',
      tone: (row) => stateTone(run(row)),
    },
    {
      id: 'duration',
      title: t('column.duration'),
      width: 72,
      align: 'right',
      text: (row) => (run(row)?.state === 'running' ? missing : duration(run(row)?.durationMs)),
      value: (row) => run(row)?.durationMs ?? null,
    },
    text('period', 166, (one) => periodText(one, t('wholePeriod'), zoneOfFirst(one.config.instruments, instruments))),
    text('note', '1fr', (one) => one.note),
  ]
}

function stateText(run: RunSummary | undefined, t: TFunction<'runs'>): string {
  return run === undefined ? missing : t(`state.${run.state}`)
}

/** How far a running run is. A component of its own, so that progress redraws one cell and not the table. */
function RunningShare({ run, text }: { readonly run: string; readonly text: string }) {
  const share = useStore((state) => {
    const job = Object.values(state.jobs).find((one) => one.subject === run && one.state === 'running')
    return job === undefined || job.total <= 0 ? null : Math.floor((100 * job.done) / job.total)
  })
  return share === null ? text : `${share}%`
}

function stateTone(run: RunSummary | undefined): 'error' | 'accent' | 'muted' {
  if (run?.state === 'failed') return 'error'
  return run?.state === 'running' ? 'accent' : 'muted'
}
