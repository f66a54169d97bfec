import './futures.css'
import { Layers, Play, Save } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives, Takes } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useBacktest } from '../../state/backtest-setup.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { DueRolls } from './due-rolls.tsx'
import { type SeriesDraft, SeriesForm } from './series-form.tsx'
import { SeriesPlot } from './series-plot.tsx'
import { ChainTable, RollTable } from './series-tables.tsx'

type Definition = Takes<'futures.build'>['definition']

const first: SeriesDraft = {
  id: '',
  product: '',
  contracts: [],
  interval: '1d',
  roll: 'volume:2',
  adjust: 'difference',
}

/** Joins stored contracts into one series: the rule is tried at once, and what it gives can be stored and tested. */
export function FuturesPanel() {
  const { t } = useTranslation('futures')
  const { instruments, coverage } = useStore()
  const [draft, setDraft] = useState(first)
  const [calendar, setCalendar] = useState<Definition['calendar']>({})
  const kept = useRequest('futures.list', {})
  const stored = answered(kept.answer)?.series ?? []
  const contracts = useMemo(
    () => instruments.filter(({ id, kind }) => kind === 'future' && coverage.some((one) => one.instrument === id)),
    [instruments, coverage],
  )
  const definition: Definition = { ...draft, id: draft.id === '' ? 'preview' : draft.id, calendar }
  const isTried = draft.contracts.length > 0
  const preview = useRequest('futures.preview', isTried ? { definition } : null)
  const answer = answered(preview.answer)
  const store = async () => {
    try {
      await bridge().call('futures.build', { definition })
      kept.reload()
      return true
    } catch (error) {
      useStore.getState().notifyError(error)
      return false
    }
  }
  const test = async () => {
    if (!(await store())) return
    useBacktest.getState().patch({ instruments: [draft.id], interval: draft.interval })
    useStore.setState({ instrument: draft.id, interval: draft.interval })
    useStore.getState().openPanel('backtest')
  }
  if (contracts.length === 0) return <Empty icon={Layers} title={t('empty.title')} text={t('empty.text')} />
  return (
    <section className="futures" aria-label={t('title')}>
      <aside>
        <SeriesForm
          draft={draft}
          contracts={contracts}
          stored={stored}
          onChange={(change) => setDraft({ ...draft, ...change })}
          onChoose={({ calendar: dates, ...series }) => {
            setDraft(series)
            setCalendar(dates)
          }}
        />
        <div className="futures-buttons">
          <Button icon={Save} disabled={draft.id === '' || answer === undefined} onClick={() => void store()}>
            {t('store')}
          </Button>
          <Button
            variant="primary"
            icon={Play}
            disabled={draft.id === '' || answer === undefined}
            onClick={() => void test()}
          >
            {t('backtest')}
          </Button>
        </div>
      </aside>
      <div className="futures-result">
        <DueRolls />
        {preview.answer.state === 'failed' && (
          <p className="futures-error" role="alert">
            {errorText(preview.answer.error)}
          </p>
        )}
        {!isTried && <p className="futures-hint">{t('hint')}</p>}
        {answer !== undefined && <Preview answer={answer} calendar={calendar} onCalendar={setCalendar} />}
      </div>
    </section>
  )
}

interface PreviewProps {
  readonly answer: Gives<'futures.preview'>
  readonly calendar: Definition['calendar']
  onCalendar(calendar: Definition['calendar']): void
}

function Preview({ answer: { reply, columns }, calendar, onCalendar }: PreviewProps) {
  const { t } = useTranslation('futures')
  const tabs = [
    {
      id: 'rolls',
      title: t('rolls'),
      badge: String(reply.rolls.length),
      content: <RollTable rolls={reply.rolls} calendar={calendar} onCalendar={onCalendar} />,
    },
    {
      id: 'chain',
      title: t('chain'),
      badge: String(reply.contracts.length),
      content: <ChainTable contracts={reply.contracts} />,
    },
  ]
  return (
    <>
      <SeriesPlot columns={columns} />
      <div className="futures-tables">
        <Tabs label={t('title')} tabs={tabs} />
      </div>
    </>
  )
}
