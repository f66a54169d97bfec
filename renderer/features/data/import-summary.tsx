import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { Button } from '../../ui/button.tsx'
import { count } from '../../ui/format.ts'
import { BadRows } from './bad-rows.tsx'
import type { ImportResult } from './types.ts'

/** What the import did, and the way to the chart. */
export function ImportSummary({ result, onClose }: { readonly result: ImportResult; onClose(): void }) {
  const { t } = useTranslation('data')
  const { selectInstrument, selectInterval, openPanel } = useStore.getState()
  const figures = ['rows', 'added', 'changed', 'unchanged'] as const
  const same = result.added === 0 && result.changed === 0

  function show() {
    onClose()
    selectInstrument(result.instrument)
    selectInterval(result.interval)
    openPanel('chart')
  }

  return (
    <div className="tw-import-summary">
      <p className="tw-state-title">
        {t(same ? 'import.nothingNew' : 'import.done', { instrument: result.instrument, interval: result.interval })}
      </p>
      <dl>
        {figures.map((figure) => (
          <div key={figure}>
            <dd>{count(result[figure])}</dd>
            <dt>{t(`import.figure.${figure}`)}</dt>
          </div>
        ))}
        <div>
          <dd className={result.badRowCount > 0 ? 'tone-warn' : undefined}>{count(result.badRowCount)}</dd>
          <dt>{t('import.figure.bad')}</dt>
        </div>
      </dl>
      <Button variant="primary" onClick={show}>
        {t('import.show')}
      </Button>
      {result.badRows.length > 0 && <BadRows rows={result.badRows} total={result.badRowCount} />}
    </div>
  )
}
