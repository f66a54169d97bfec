import { ArrowLeft, Undo2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunDetail } from '../../state/run-types.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { dateTime } from '../../ui/date-time.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { CodeDiff } from './code-diff.tsx'
import { useDocuments } from './documents.ts'
import { useMonaco } from './use-monaco.ts'

interface RunCodeViewProps {
  readonly run: string
  /** A second run to compare with; null compares with the strategy file as it is now. */
  readonly other: string | null
  onClose(): void
}

/** The code that a run used: read-only, compared with the present text or with another run's, and restorable. */
export function RunCodeView({ run, other, onClose }: RunCodeViewProps) {
  const first = useRequest('run.get', { run })
  const second = useRequest('run.get', other === null ? null : { run: other })
  const left = answered(first.answer)
  const right = answered(second.answer)
  if (first.answer.state === 'failed') return <Failure error={first.answer.error} />
  if (second.answer.state === 'failed') return <Failure error={second.answer.error} />
  if (left === undefined || (other !== null && right === undefined)) return <Loading />
  return <RunCode detail={left} other={right ?? null} onClose={onClose} />
}

interface RunCodeProps {
  readonly detail: RunDetail
  readonly other: RunDetail | null
  onClose(): void
}

function RunCode({ detail, other, onClose }: RunCodeProps) {
  const { t } = useTranslation('editor')
  const { library, error } = useMonaco()
  const { summary, capsule } = detail
  const [module, setModule] = useState(capsule.entry)
  const [look, setLook] = useState<'code' | 'diff'>('diff')
  const compared = useCompared(module, other)
  const code = capsule.sources[module] ?? ''
  const isShownAlone = compared === null || compared.text === code || look === 'code'

  return (
    <div className="editor-main">
      <div className="editor-bar">
        <IconButton icon={ArrowLeft} label={t('runCode.back')} onClick={onClose} />
        <span className="editor-title">
          {t(other === null ? 'runCode.title' : 'runCode.titleTwo', {
            strategy: summary.strategyName,
            time: dateTime(summary.createdAt, 'local', 'second'),
            other: dateTime(other?.summary.createdAt, 'local', 'second'),
          })}
        </span>
        {Object.keys(capsule.sources).length > 1 && (
          <Select
            bare
            label={t('runCode.module')}
            value={module}
            options={Object.keys(capsule.sources).map((name) => ({ value: name, label: name }))}
            onChange={setModule}
          />
        )}
        <span className="editor-actions">
          {compared !== null && (
            <CompareChoice kind={compared.kind} isSame={compared.text === code} look={look} onLook={setLook} />
          )}
          {compared?.kind === 'File' && compared.text !== code && (
            <Button icon={Undo2} onClick={() => void restore(module, code).then(onClose)}>
              {t('runCode.restore')}
            </Button>
          )}
        </span>
      </div>
      {error !== null && <Failure error={error} />}
      {library === null && error === null && <Loading />}
      {library !== null && (
        <CodeDiff
          library={library}
          left={{ name: `${summary.id}/${module}`, text: code }}
          right={isShownAlone ? null : compared}
          label={t('runCode.title', { strategy: summary.strategyName, time: '' })}
        />
      )}
    </div>
  )
}

/** What the code of a run is compared with: another run's, or the strategy file's; null when there is neither. */
interface Compared {
  readonly kind: 'File' | 'Run'
  readonly name: string
  readonly text: string
}

function useCompared(module: string, other: RunDetail | null): Compared | null {
  const exists = useStore((state) => state.strategies.some((file) => file.name === module))
  const present = usePresentText(exists && other === null ? module : null)
  return useMemo(() => {
    if (other !== null) {
      return { kind: 'Run', name: `${other.summary.id}/${module}`, text: other.capsule.sources[module] ?? '' }
    }
    return present === null ? null : { kind: 'File', name: `now/${module}`, text: present }
  }, [other, present, module])
}

interface CompareChoiceProps {
  readonly kind: Compared['kind']
  readonly isSame: boolean
  readonly look: 'code' | 'diff'
  onLook(look: 'code' | 'diff'): void
}

function CompareChoice({ kind, isSame, look, onLook }: CompareChoiceProps) {
  const { t } = useTranslation('editor')
  if (isSame) return <span className="editor-faint">{t(`runCode.sameAs${kind}`)}</span>
  return (
    <Segmented<'code' | 'diff'>
      label={t('runCode.look')}
      value={look}
      options={[
        { value: 'diff', label: t(`runCode.diff${kind}`) },
        { value: 'code', label: t('runCode.code') },
      ]}
      onChange={onLook}
    />
  )
}

/** Puts the code of a run into the editor as unsaved work, so that it can be undone or saved. */
async function restore(name: string, code: string): Promise<void> {
  await useDocuments.getState().open(name)
  useDocuments.getState().edit(name, code)
  useStore.getState().openStrategy(name)
}

/** The text of a strategy as it stands now: on screen when it is open, else in its file. Null when there is none. */
function usePresentText(name: string | null): string | null {
  const open = useDocuments((state) => (name === null ? undefined : state.documents[name]?.text))
  const { answer } = useRequest('strategy.read', name === null || open !== undefined ? null : { name })
  return open ?? answered(answer)?.code ?? null
}
