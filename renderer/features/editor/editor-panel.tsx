import './editor.css'
import { FileCode2, FilePlus2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { registerBacktestCommands } from '../../state/backtest-commands.ts'
import { useBacktest } from '../../state/backtest-setup.ts'
import { registerCommands } from '../../state/commands.ts'
import { useEditorRequest } from '../../state/editor-request.ts'
import { useStore } from '../../state/store.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, Loading } from '../../ui/states.tsx'
import { DocumentView } from './document-view.tsx'
import { useDocuments } from './documents.ts'
import { RunCodeView } from './run-code-view.tsx'
import { saveAndCheck } from './save-and-check.ts'
import { NewStrategyDialog } from './strategy-dialogs.tsx'
import { StrategyFiles } from './strategy-files.tsx'

/** Strategies as code: the folder on the left, one file on the right, or the code that a run used. */
export function EditorPanel() {
  const { t } = useTranslation('editor')
  const strategy = useStore((state) => state.strategy)
  const catalogue = useStore((state) => state.catalogue.state)
  const { target, close } = useTarget()
  const [isNew, setNew] = useState(false)
  useEditorConnections(() => setNew(true))

  if (catalogue === 'loading') return <Loading />
  return (
    <div className="editor">
      <StrategyFiles />
      {target !== null ? (
        <RunCodeView
          key={JSON.stringify(target)}
          run={target.kind === 'run' ? target.run : target.a}
          other={target.kind === 'run' ? null : target.b}
          onClose={close}
        />
      ) : strategy === null ? (
        <Empty icon={FileCode2} title={t('empty.title')} text={t('empty.text')}>
          <Button variant="primary" icon={FilePlus2} onClick={() => setNew(true)}>
            {t('new.title')}
          </Button>
        </Empty>
      ) : (
        <DocumentView key={strategy} name={strategy} />
      )}
      {isNew && <NewStrategyDialog onClose={() => setNew(false)} />}
    </div>
  )
}

/** The code of a run while that was the last wish; choosing a strategy or closing leaves it. */
function useTarget() {
  const request = useEditorRequest((state) => state.request)
  const strategy = useStore((state) => state.strategy)
  const [left, setLeft] = useState<{ sequence: number; strategy: string | null }>({ sequence: 0, strategy })
  const [shownFor, setShownFor] = useState({ sequence: 0, strategy })
  if (request !== null && request.sequence !== shownFor.sequence) setShownFor({ sequence: request.sequence, strategy })
  const isLeft = request === null || request.sequence <= left.sequence || shownFor.strategy !== strategy
  const target = isLeft || request.target.kind === 'place' ? null : request.target
  return { target, close: () => setLeft({ sequence: request?.sequence ?? 0, strategy }) }
}

function useEditorConnections(onNew: () => void) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onNew` only sets state; registering once is enough.
  useEffect(() => {
    useBacktest.setState({ beforeStart: saveAndCheck })
    void useBacktest.getState().load()
    const lookAtFiles = () => {
      for (const name of Object.keys(useDocuments.getState().documents)) void useDocuments.getState().fileChanged(name)
    }
    // Coming back from another editor: its changes are seen before the next key is pressed.
    window.addEventListener('focus', lookAtFiles)
    const ends = [
      () => window.removeEventListener('focus', lookAtFiles),
      bridge().subscribe('strategy.changed', ({ name }) => void useDocuments.getState().fileChanged(name)),
      registerBacktestCommands(),
      registerCommands([
        {
          id: 'editor.save',
          titleKey: 'editor:command.save',
          group: 'editor',
          shortcut: '$mod+KeyS',
          enabled: () => useStore.getState().strategy !== null,
          run: () => void saveAndCheck(useStore.getState().strategy ?? ''),
        },
        { id: 'editor.new', titleKey: 'editor:command.new', group: 'editor', run: onNew },
      ]),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [])
}
