import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { useDocuments } from './documents.ts'
import { strategyFileName } from './drafts.ts'

interface NameDialogProps {
  readonly title: string
  readonly action: string
  readonly initial: string
  /** Rejects with the reason why the name cannot be taken. */
  onName(name: string): Promise<void>
  onClose(): void
  readonly children?: React.ReactNode
}

function NameDialog({ title, action, initial, onName, onClose, children }: NameDialogProps) {
  const { t } = useTranslation('editor')
  const [typed, setTyped] = useState(initial)
  const [error, setError] = useState<string>()
  const name = strategyFileName(typed)
  const isTaken = useStore((state) => state.strategies.some((file) => file.name === name)) && name !== initial
  const problem = isTaken ? t('name.taken', { name }) : name === '' ? t('name.empty') : error

  function submit() {
    if (name === '' || isTaken) return
    onName(name)
      .then(onClose)
      .catch((failure: unknown) => setError(errorText(failure)))
  }

  return (
    <Dialog
      open
      size="small"
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="primary" disabled={name === '' || isTaken} onClick={submit}>
            {action}
          </Button>
        </>
      }
    >
      <form
        className="editor-dialog"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {children}
        <Field
          label={t('name.label')}
          value={typed}
          autoFocus
          error={typed === '' ? undefined : problem}
          hint={name === '' ? undefined : t('name.file', { name })}
          onChange={(next) => {
            setTyped(next)
            setError(undefined)
          }}
        />
      </form>
    </Dialog>
  )
}

/** A new strategy from a template. */
export function NewStrategyDialog({ onClose }: { onClose(): void }) {
  const { t, i18n } = useTranslation('editor')
  const templates = useStore((state) => state.templates)
  const [template, setTemplate] = useState(templates[0]?.id ?? '')
  const language = i18n.language === 'zh' ? 'zh' : 'en'

  async function create(name: string) {
    await bridge().call('strategy.create', { name, template })
    await useStore.getState().refreshStrategies()
    useStore.getState().openStrategy(name)
  }

  return (
    <NameDialog title={t('new.title')} action={t('new.action')} initial="" onName={create} onClose={onClose}>
      <Select
        label={t('new.template')}
        value={template}
        options={templates.map(({ id, title }) => ({ value: id, label: title[language] }))}
        onChange={setTemplate}
      />
    </NameDialog>
  )
}

/** Another name for a strategy; its unsaved text and the selection follow. */
export function RenameDialog({ name, onClose }: { readonly name: string; onClose(): void }) {
  const { t } = useTranslation('editor')

  async function rename(to: string) {
    if (to === name) return
    await bridge().call('strategy.rename', { name, to })
    useDocuments.getState().renamed(name, to)
    await useStore.getState().refreshStrategies()
    useStore.setState({ strategy: to })
  }

  return (
    <NameDialog
      title={t('rename.title', { name })}
      action={t('rename.action')}
      initial={name}
      onName={rename}
      onClose={onClose}
    />
  )
}
