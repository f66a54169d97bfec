import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import type { RunSummary } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface NoteDialogProps {
  readonly run: RunSummary
  onClose(): void
}

/** Why this run was made, in the user's words; the search finds it. */
export function NoteDialog({ run, onClose }: NoteDialogProps) {
  const { t } = useTranslation('runs')
  const id = useId()
  const [note, setNote] = useState(run.note)

  async function save() {
    try {
      await bridge().call('run.annotate', { run: run.id, note })
      onClose()
    } catch (error) {
      useStore.getState().notifyError(error)
    }
  }

  return (
    <Dialog
      open
      size="small"
      title={t('note.title', { strategy: run.strategyName })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('note.cancel')}</Button>
          <Button variant="primary" onClick={() => void save()}>
            {t('note.save')}
          </Button>
        </>
      }
    >
      <label className="runs-faint" htmlFor={id}>
        {t('note.label')}
      </label>
      <textarea
        id={id}
        className="tw-input runs-note"
        rows={5}
        maxLength={10_000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
        }}
      />
    </Dialog>
  )
}
