import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { type Preview, useImport } from './import-flow.ts'
import { ImportPreview } from './import-preview.tsx'
import { ImportSummary } from './import-summary.tsx'
import { recordFaults } from './instrument-record.ts'
import { recipeFaults } from './recipe.ts'

/** The name of a file without its folders, of any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** Preview, progress and outcome of an import. */
export function ImportDialog() {
  const { t } = useTranslation('data')
  const { stage, path, close } = useImport()
  return (
    <Dialog
      open={stage.name !== 'closed'}
      title={t('import.title', { file: fileName(path) })}
      size={stage.name === 'preview' || stage.name === 'inspecting' ? 'large' : 'medium'}
      onClose={close}
      footer={<Footer />}
    >
      <Body />
    </Dialog>
  )
}

function Body() {
  const { t } = useTranslation('data')
  const { stage, path, preview, open, byHand, close } = useImport()
  switch (stage.name) {
    case 'inspecting':
      return <Loading text={t('import.reading')} />
    case 'unreadable':
      return (
        <Failure title={t('import.unreadable')} error={stage.error} onRetry={() => void open(path)}>
          <Button onClick={() => void byHand()}>{t('import.byHand')}</Button>
        </Failure>
      )
    case 'preview':
      return preview === null ? null : <ImportPreview preview={preview} />
    case 'running':
      return <Running job={stage.job} />
    case 'done':
      return <ImportSummary result={stage.result} onClose={close} />
    case 'failed':
      return <Failure title={t('import.failed')} error={stage.error} />
    case 'closed':
      return null
  }
}

function Running({ job }: { readonly job: string }) {
  const { t } = useTranslation('data')
  const progress = useStore((state) => state.jobs[job])
  const cancel = useImport((state) => state.cancel)
  return (
    <div className="tw-import-running">
      <Progress
        label={t('import.running')}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
        etaMs={progress?.etaMs ?? null}
        onCancel={cancel}
      />
      <p>{t('import.allOrNothing')}</p>
    </div>
  )
}

/** Why the import cannot start yet; empty when it can. */
export function obstacle(preview: Preview, t: (key: string) => string): string {
  if (preview.error !== null) return t('import.blocked.recipe')
  const faults = [...recipeFaults(preview.recipe), ...recordFaults(preview.instrument)]
  return faults.length > 0 ? t('import.blocked.fields') : ''
}

function Footer() {
  const { t } = useTranslation(['data', 'ui'])
  const { stage, preview, start, back, close } = useImport()
  if (stage.name === 'failed') {
    return (
      <>
        <Button onClick={close}>{t('ui:close')}</Button>
        <Button variant="primary" onClick={back}>
          {t('import.back')}
        </Button>
      </>
    )
  }
  if (stage.name !== 'preview' || preview === null) return <Button onClick={close}>{t('ui:close')}</Button>
  const why = obstacle(preview, (key) => t(key))
  return (
    <>
      <span className="is-left tw-import-why" role="status">
        {preview.checking ? t('import.checking') : why}
      </span>
      <Button onClick={close}>{t('ui:cancel')}</Button>
      <Button variant="primary" disabled={why !== '' || preview.checking} onClick={() => void start()}>
        {t('import.start', { id: preview.instrument.id })}
      </Button>
    </>
  )
}
