import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import type { Instrument } from '../../state/types.ts'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { InstrumentForm } from './instrument-form.tsx'
import { recordFaults } from './instrument-record.ts'

/** Changes the record of an instrument: its description, never its bars. */
export function EditInstrument({ record, onClose }: { readonly record: Instrument; onClose(): void }) {
  const { t } = useTranslation(['data', 'ui'])
  const [draft, setDraft] = useState(record)
  const [error, setError] = useState<unknown>(null)

  async function save() {
    try {
      await bridge().call('instrument.update', { instrument: draft })
      await useStore.getState().refreshData()
      onClose()
    } catch (failure) {
      setError(failure)
    }
  }

  const footer = (
    <>
      <Button onClick={onClose}>{t('ui:cancel')}</Button>
      <Button variant="primary" disabled={recordFaults(draft).length > 0} onClick={() => void save()}>
        {t('edit.save')}
      </Button>
    </>
  )
  return (
    <Dialog open title={t('edit.title', { id: record.id })} onClose={onClose} footer={footer}>
      <InstrumentForm record={draft} fixedId onChange={(patch) => setDraft({ ...draft, ...patch })} />
      {error !== null && (
        <p className="tw-import-error" role="alert">
          {errorText(error)}
        </p>
      )}
    </Dialog>
  )
}
