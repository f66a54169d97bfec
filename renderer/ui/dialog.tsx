import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './button.tsx'
import { classNames } from './class-names.ts'

interface DialogProps {
  readonly open: boolean
  readonly title: string
  onClose(): void
  readonly children: ReactNode
  /** Buttons of the lower edge, the main one last. */
  readonly footer?: ReactNode
  readonly size?: 'small' | 'medium' | 'large'
}

/**
 * A modal dialog: the platform's `<dialog>`, which traps focus, closes with Escape, lies above everything and needs
 * no injected styles. Nothing of it exists while closed.
 */
export function Dialog(props: DialogProps) {
  return props.open ? <OpenDialog {...props} /> : null
}

function OpenDialog({ title, onClose, children, footer, size = 'medium' }: DialogProps) {
  const { t } = useTranslation('ui')
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useEffect(() => {
    const before = document.activeElement
    const dialog = element.current
    if (dialog !== null && !dialog.open) dialog.showModal()
    // Else the first control would have it, which is the one that closes.
    dialog?.querySelector<HTMLElement>('.tw-dialog-body')?.focus()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  return (
    <dialog
      ref={element}
      className={classNames('tw-dialog', `tw-dialog-${size}`)}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        <IconButton icon={X} label={t('close')} onClick={onClose} />
      </header>
      <div className="tw-dialog-body" tabIndex={-1}>
        {children}
      </div>
      {footer !== undefined && <footer>{footer}</footer>}
    </dialog>
  )
}

interface ConfirmProps {
  readonly open: boolean
  readonly title: string
  /** What happens, and what is kept. */
  readonly text: ReactNode
  /** A verb: `Delete SPX`. */
  readonly action: string
  readonly danger?: boolean
  onConfirm(): void
  onClose(): void
}

/** Asks before something that cannot be undone. */
export function Confirm({ open, title, text, action, danger = true, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation('ui')
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button
        variant={danger ? 'danger' : 'primary'}
        onClick={() => {
          onClose()
          onConfirm()
        }}
      >
        {action}
      </Button>
    </>
  )
  return (
    <Dialog open={open} title={title} size="small" onClose={onClose} footer={footer}>
      <p>{text}</p>
    </Dialog>
  )
}
