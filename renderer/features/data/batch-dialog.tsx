import './batch.css'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../text/error-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { count } from '../../ui/format.ts'
import { type BatchFile, isImportable, useBatch } from './batch-flow.ts'
import { fileName } from './import-dialog.tsx'
import { useImport } from './import-flow.ts'

/** Several files with what each will become; one that is not understood is opened alone. */
export function BatchDialog() {
  const { t } = useTranslation(['data', 'ui'])
  const { isOpen, files, isImporting, start, cancel, close } = useBatch()
  const ready = files.filter(isImportable).length
  const footer = (
    <>
      <span className="is-left tw-import-why" role="status">
        {t('data:batch.done', { count: files.filter(({ state }) => state === 'done').length, all: files.length })}
      </span>
      <Button onClick={isImporting ? cancel : close}>{t(isImporting ? 'ui:cancel' : 'ui:close')}</Button>
      <Button variant="primary" disabled={isImporting || ready === 0} onClick={() => void start()}>
        {t('data:batch.start', { count: ready })}
      </Button>
    </>
  )
  return (
    <Dialog
      open={isOpen}
      title={t('data:batch.title', { count: files.length })}
      size="large"
      onClose={close}
      footer={footer}
    >
      <table className="tw-batch">
        <thead>
          <tr>
            {(['file', 'instrument', 'interval', 'rows', 'outcome'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`data:batch.${column}`)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <BatchRow key={file.path} file={file} isLocked={isImporting} />
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}

function BatchRow({ file, isLocked }: { readonly file: BatchFile; readonly isLocked: boolean }) {
  const { t } = useTranslation('data')
  const { rename, remove } = useBatch.getState()
  const name = fileName(file.path)
  const isOpen = !isLocked && file.state !== 'done'
  const alone = () => {
    remove(file.path)
    if (useBatch.getState().files.length === 0) useBatch.getState().close()
    void useImport.getState().open(file.path)
  }
  return (
    <tr aria-label={name}>
      <td title={file.path}>{name}</td>
      <td>
        {file.instrument !== null && (
          <input
            className="tw-input"
            aria-label={t('batch.instrumentOf', { file: name })}
            value={file.instrument.id}
            disabled={!isOpen}
            aria-invalid={file.state === 'ready' && !isImportable(file)}
            spellCheck={false}
            onChange={(event) => rename(file.path, event.target.value)}
          />
        )}
      </td>
      <td>{file.recipe?.interval}</td>
      <td className="is-number">{file.rows > 0 ? count(file.rows) : ''}</td>
      <td>
        <Outcome file={file} />
        {(file.state === 'unreadable' || file.state === 'failed' || file.doubts > 0) && isOpen && (
          <Button variant="quiet" onClick={alone}>
            {t('batch.alone')}
          </Button>
        )}
      </td>
      <td>
        {isOpen && (
          <IconButton icon={X} label={t('batch.leaveOut', { file: name })} onClick={() => remove(file.path)} />
        )}
      </td>
    </tr>
  )
}

function Outcome({ file }: { readonly file: BatchFile }) {
  const { t } = useTranslation('data')
  const { state, result, error, doubts } = file
  if (state === 'unreadable' || state === 'failed') return <span className="tone-error">{errorText(error)}</span>
  if (state === 'done' && result !== null) {
    return <span>{t('batch.added', { added: count(result.added), unchanged: count(result.unchanged) })}</span>
  }
  if (state === 'ready' && doubts > 0) return <span className="tone-warn">{t('import.doubts', { count: doubts })}</span>
  return <span className="tone-muted">{t(`batch.state.${state}`)}</span>
}
