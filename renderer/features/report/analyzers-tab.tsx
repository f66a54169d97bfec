import './analyzers.css'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../../core/contract/contract.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { type AnalysisRow, analysisRows, figure, wordText } from './analysis-rows.ts'
import { AnalyzerParams, type ParamChoice } from './analyzer-params.tsx'
import { ObserverView } from './observer-view.tsx'

type Analyzer = Reply<'analyzer.list'>['analyzers'][number]
type Observer = Reply<'analyzer.list'>['observers'][number]
type Chosen =
  | { readonly kind: 'analyzer'; readonly entry: Analyzer }
  | { readonly kind: 'observer'; readonly entry: Observer }

interface AnalyzersTabProps {
  readonly run: string
  readonly zone: string
  readonly precision: 'day' | 'minute'
}

/** Questions to a finished run: an analyzer's figures or an observer's series, with its parameters. */
export function AnalyzersTab({ run, zone, precision }: AnalyzersTabProps) {
  const { t, i18n } = useTranslation('report')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const { answer } = useRequest('analyzer.list', {})
  const catalogue = answered(answer)
  const [chosen, setChosen] = useState('analyzer:trade-analyzer')
  const [params, setParams] = useState<ParamChoice>({})
  if (catalogue === undefined) return answer.state === 'failed' ? <Failure error={answer.error} /> : <Loading />
  const entries: readonly Chosen[] = [
    ...catalogue.analyzers.map((entry) => ({ kind: 'analyzer', entry }) as const),
    ...catalogue.observers.map((entry) => ({ kind: 'observer', entry }) as const),
  ]
  const found = entries.find(({ kind, entry }) => `${kind}:${entry.id}` === chosen) ?? entries[0]
  if (found === undefined) return null
  return (
    <div className="report-tab">
      <div className="report-toolbar">
        <Combobox
          label={t('analyzers.choose')}
          bare
          value={`${found.kind}:${found.entry.id}`}
          options={entries.map(({ kind, entry }) => ({
            value: `${kind}:${entry.id}`,
            label: t(`analyzers.${kind}`, { title: entry.title[language] }),
          }))}
          onChange={(next) => {
            setChosen(next)
            setParams({})
          }}
        />
        <AnalyzerParams key={chosen} params={found.entry.params} chosen={params} onChange={setParams} />
        <span className="report-faint report-hint" title={`${found.entry.formula}\n${found.entry.source}`}>
          {found.entry.about[language]}
        </span>
      </div>
      {found.kind === 'analyzer' ? (
        <Figures key={chosen} run={run} analyzer={found.entry.id} params={params} />
      ) : (
        <ObserverView key={chosen} {...{ run, observer: found.entry.id, params, zone, precision }} />
      )}
    </div>
  )
}

interface FiguresProps {
  readonly run: string
  readonly analyzer: string
  readonly params: ParamChoice
}

function Figures({ run, analyzer, params }: FiguresProps) {
  const { t } = useTranslation('report')
  const { answer, reload } = useRequest('run.analyzers', { run, analyzers: [{ analyzer, params }] })
  const analysis = answered(answer)?.analyses[0]?.analysis
  const rows = useMemo(() => (analysis === undefined ? [] : analysisRows(analysis)), [analysis])
  const columns = useMemo<Column[]>(() => figureColumns(rows, t), [rows, t])
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={reload} />
  if (analysis === undefined) return <Loading />
  return <Table label={t('analyzers.figures')} rows={rows.length} columns={columns} />
}

function figureColumns(rows: readonly AnalysisRow[], t: TFunction<'report'>): Column[] {
  const name = (row: number) => (rows[row]?.path ?? []).map((word) => wordText(t, word)).join(' › ')
  const isText = rows.some(({ value }) => typeof value === 'string')
  return [
    { id: 'figure', title: t('analyzers.figure'), width: isText ? 180 : '1fr', minWidth: 180, text: name, value: name },
    {
      id: 'value',
      title: t('analyzers.value'),
      width: isText ? '1fr' : 180,
      minWidth: 120,
      align: isText ? 'left' : 'right',
      text: (row) => figure(rows[row]?.value ?? null),
      value: (row) => rows[row]?.value ?? null,
    },
  ]
}
