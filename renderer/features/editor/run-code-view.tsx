import { ArrowLeft, Undo2 } from 'lucide-react'
import { useState } from 'react'
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
  const exists = useStore((state) => state.strategies.some((file) => file.name === module))
  const present = usePresentText(exists && other === null ? module : null)
  const code = capsule.sources[module] ?? ''
  const against = other === null ? present : (other.capsule.sources[module] ?? '')
  const isSame = against === code
  const right =
    against === null || look === 'code' ? null : { name: `${other?.summary.id ?? 'now'}/${module}`, text: against }

  function restore() {
    void useDocuments
      .getState()
      .open(module)
      .then(() => {
        useDocuments.getState().edit(module, code)
        useStore.getState().openStrategy(module)
        onClose()
      })
  }

  return (
    <div className="editor-main">
      <div className="editor-bar">
        <IconButton icon={ArrowLeft} label={t('runCode.back')} onClick={onClose} />
        <span className="editor-title">
          {t(other === null ? 'runCode.title' : 'runCode.titleTwo', {
            strategy: summary.strategyName,
            time: dateTime(summary.createdAt, 'local', 'second'),
            other: other === null ? '' : dateTime(other.summary.createdAt, 'local', 'second'),
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
          {isSame && (
            <span className="editor-faint">{t(other === null ? 'runCode.sameAsFile' : 'runCode.sameAsOther')}</span>
          )}
          {against !== null && !isSame && (
            <Segmented<'code' | 'diff'>
              label={t('runCode.look')}
              value={look}
              options={[
                { value: 'diff', label: t(other === null ? 'runCode.diffFile' : 'runCode.diffRun') },
                { value: 'code', label: t('runCode.code') },
              ]}
              onChange={setLook}
            />
          )}
          {other === null && exists && !isSame && (
            <Button icon={Undo2} onClick={restore}>
              {t('runCode.restore')}
            </Button>
          )}
        </span>
      </div>
      {error !== null && <Failure error={error} />}
      {library === null ? (
        <Loading />
      ) : (
        <CodeDiff
          library={library}
          left={{ name: `${summary.id}/${module}`, text: code }}
          right={isSame ? null : right}
          label={t('runCode.title', { strategy: summary.strategyName, time: '' })}
        />
      )}
    </div>
  )
}

/** The text of a strategy as it stands now: on screen when it is open, else in its file. Null when there is none. */
function usePresentText(name: string | null): string | null {
  const open = useDocuments((state) => (name === null ? undefined : state.documents[name]?.text))
  const { answer } = useRequest('strategy.read', name === null || open !== undefined ? null : { name })
  return open ?? answered(answer)?.code ?? null
}
