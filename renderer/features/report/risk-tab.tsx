import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Curve, Plot, type PlotData } from '../../chart/plot/plot.tsx'
import { useStore } from '../../state/store.ts'
import { count, date, decimal, missing, percent, ratioPercent } from '../../ui/format.ts'
import { Empty } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import type { TearSheet } from './use-sheet.ts'

interface RiskTabProps {
  readonly sheet: TearSheet
  readonly interval: string
  /** Controls above the curves. */
  readonly tools: ReactNode
}

/** The deepest drawdowns with their dates, beside what Sharpe ratio, volatility and beta were along the way. */
export function RiskTab({ sheet, interval, tools }: RiskTabProps) {
  return (
    <div className="report-split">
      <Drawdowns sheet={sheet} interval={interval} />
      <Rolling rolling={sheet.rolling} tools={tools} />
    </div>
  )
}

function Drawdowns({ sheet, interval }: Omit<RiskTabProps, 'tools'>) {
  const { t } = useTranslation('report')
  const goTo = useStore((state) => state.goTo)
  const { drawdowns, instruments } = sheet
  const columns = useMemo<Column[]>(() => {
    const of = (row: number) => drawdowns[row]
    const day = (id: 'peak' | 'valley' | 'recovery'): Column => ({
      id,
      title: t(`sheet.drawdown.${id}`),
      width: 86,
      text: (row) => {
        const time = of(row)?.[id] ?? null
        return time === null ? t(id === 'recovery' ? 'sheet.drawdown.open' : 'sheet.drawdown.start') : date(time)
      },
      value: (row) => of(row)?.[id] ?? null,
    })
    return [
      {
        id: 'depth',
        title: t('sheet.drawdown.depth'),
        width: 66,
        align: 'right',
        text: (row) => percent(of(row)?.depth, 2),
        value: (row) => of(row)?.depth ?? null,
        tone: () => 'loss',
      },
      day('peak'),
      day('valley'),
      day('recovery'),
      {
        id: 'days',
        title: t('sheet.drawdown.days'),
        width: 58,
        align: 'right',
        text: (row) => count(of(row)?.days),
        value: (row) => of(row)?.days ?? null,
      },
      {
        id: 'recoveryDays',
        title: t('sheet.drawdown.recoveryDays'),
        width: 84,
        align: 'right',
        text: (row) => count(of(row)?.recoveryDays),
        value: (row) => of(row)?.recoveryDays ?? null,
      },
    ]
  }, [drawdowns, t])
  const show = (row: number) => {
    const one = drawdowns[row]
    const instrument = instruments[0]
    if (one === undefined || instrument === undefined) return
    goTo({ instrument, time: one.valley, exitTime: null, tradeIndex: null, interval })
  }
  return (
    <section className="report-tab" aria-label={t('sheet.drawdowns')}>
      <h3 className="report-pad-title">{t('sheet.drawdowns')}</h3>
      <Table
        label={t('sheet.drawdowns')}
        rows={drawdowns.length}
        columns={columns}
        onOpen={show}
        empty={<Empty title={t('sheet.noDrawdown')} />}
      />
    </section>
  )
}

const formats: Readonly<Record<string, (value: number) => string>> = {
  sharpe: (value) => decimal(value, 1),
  volatility: (value) => ratioPercent(value, 1).replace('+', ''),
  beta: (value) => decimal(value, 2),
}

function Rolling({ rolling, tools }: { readonly rolling: TearSheet['rolling']; readonly tools: ReactNode }) {
  const { t } = useTranslation('report')
  if (rolling.window === 0) return <Empty title={t('sheet.tooShort')} />
  return (
    <section className="report-rolling" aria-label={t('sheet.rolling', { window: rolling.window })}>
      <header>
        <h3>{t('sheet.rolling', { window: rolling.window })}</h3>
        {tools}
      </header>
      {Object.entries(rolling.lines).map(([name, values]) => (
        <RollingPlot key={name} name={name} time={rolling.time} values={values} />
      ))}
    </section>
  )
}

interface RollingPlotProps {
  readonly name: string
  readonly time: readonly number[]
  readonly values: readonly (number | null)[]
}

function RollingPlot({ name, time, values }: RollingPlotProps) {
  const { t } = useTranslation('report')
  const label = t(`sheet.line.${name}`)
  const curves = useMemo<Curve[]>(() => [{ label, colour: 'accent', format: formats[name] ?? decimal }], [label, name])
  const data = useMemo<PlotData>(() => ({ time, values: [values] }), [time, values])
  const last = values.findLast((value) => value !== null)
  return (
    <div className="report-rolling-plot">
      <span className="report-faint">
        {label} <strong>{last === undefined || last === null ? missing : (formats[name] ?? decimal)(last)}</strong>
      </span>
      <Plot label={label} curves={curves} data={data} zone="utc" sync="report-rolling" />
    </div>
  )
}
