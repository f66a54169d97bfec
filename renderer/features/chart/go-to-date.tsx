import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { date } from '../../ui/format.ts'
import { useFirstField } from './use-first-field.ts'

interface GoToDateProps {
  /** Bounds of what is stored. */
  readonly from: number
  readonly to: number
  readonly zone: string
  /** Midnight UTC of the chosen day. */
  onGo(day: number): void
  onClose(): void
}

/** Asks for a day. */
export function GoToDate({ from, to, zone, onGo, onClose }: GoToDateProps) {
  const { t } = useTranslation('chart')
  const [day, setDay] = useState(date(to, zone))
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form)
  const at = Date.parse(`${day}T00:00:00Z`)
  const go = () => {
    if (Number.isNaN(at)) return
    onGo(at)
    onClose()
  }
  const footer = (
    <Button variant="primary" disabled={Number.isNaN(at)} onClick={go}>
      {t('goTo.go')}
    </Button>
  )
  return (
    <Dialog open size="small" title={t('goTo.title')} onClose={onClose} footer={footer}>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          go()
        }}
      >
        <Field
          type="date"
          label={t('goTo.day')}
          hint={t('goTo.stored', { from: date(from, zone), to: date(to, zone) })}
          value={day}
          min={date(from, zone)}
          max={date(to, zone)}
          onChange={setDay}
        />
      </form>
    </Dialog>
  )
}
