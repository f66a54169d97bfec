import { FilePlus2, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { ContextMenu } from '../../ui/menu.tsx'
import { isDirty, useDocuments } from './documents.ts'
import { NewStrategyDialog, RenameDialog } from './strategy-dialogs.tsx'

type Ask = { readonly kind: 'new' } | { readonly kind: 'rename' | 'delete'; readonly name: string }

/** The strategies folder: choose, create from a template, rename, delete. */
export function StrategyFiles() {
  const { t } = useTranslation('editor')
  const strategies = useStore((state) => state.strategies)
  const selected = useStore((state) => state.strategy)
  const documents = useDocuments((state) => state.documents)
  const [ask, setAsk] = useState<Ask | null>(null)
  const close = () => setAsk(null)
  const select = (name: string) => useStore.setState({ strategy: name })
  const named = ask !== null && ask.kind !== 'new' ? ask.name : ''

  return (
    <nav className="editor-files" aria-label={t('files')}>
      <header>
        <h3>{t('files')}</h3>
        <IconButton icon={FilePlus2} label={t('new.title')} onClick={() => setAsk({ kind: 'new' })} />
      </header>
      <ul>
        {strategies.map(({ name, title }) => {
          const document = documents[name]
          const dirty = document !== undefined && isDirty(document)
          return (
            <ContextMenu
              key={name}
              items={[
                {
                  label: t('rename.action'),
                  icon: Pencil,
                  shortcut: 'F2',
                  run: () => setAsk({ kind: 'rename', name }),
                },
                { label: t('delete.action'), icon: Trash2, danger: true, run: () => setAsk({ kind: 'delete', name }) },
              ]}
            >
              <li>
                <button
                  type="button"
                  className={classNames('editor-file', name === selected && 'is-active')}
                  aria-current={name === selected}
                  title={title}
                  onClick={() => select(name)}
                  onKeyDown={(event) => {
                    if (event.key === 'F2') setAsk({ kind: 'rename', name })
                    if (event.key === 'Delete') setAsk({ kind: 'delete', name })
                  }}
                >
                  <span>{name}</span>
                  {dirty && <span className="editor-dirty" role="img" aria-label={t('unsaved')} title={t('unsaved')} />}
                </button>
              </li>
            </ContextMenu>
          )
        })}
      </ul>
      {ask?.kind === 'new' && <NewStrategyDialog onClose={close} />}
      {ask?.kind === 'rename' && <RenameDialog name={named} onClose={close} />}
      <Confirm
        open={ask?.kind === 'delete'}
        title={t('delete.title', { name: named })}
        text={t('delete.text')}
        action={t('delete.action')}
        onConfirm={() => void remove(named)}
        onClose={close}
      />
    </nav>
  )
}

async function remove(name: string): Promise<void> {
  try {
    await bridge().call('strategy.delete', { name })
    useDocuments.getState().close(name)
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}
