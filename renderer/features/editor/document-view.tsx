import { Play, Save, TriangleAlert } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBacktest } from '../../state/backtest-setup.ts'
import { useEditorRequest } from '../../state/editor-request.ts'
import { useStore } from '../../state/store.ts'
import type { Problem } from '../../state/types.ts'
import { Button } from '../../ui/button.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { CodeDiff } from './code-diff.tsx'
import { CodeEditor } from './code-editor.tsx'
import { isDirty, type StrategyDocument, useDocuments } from './documents.ts'
import { mergeProblems, problemKey, sameProblems } from './problem-merge.ts'
import { check, saveAndCheck } from './save-and-check.ts'
import { useMonaco } from './use-monaco.ts'

/** One strategy: its bar, what happened to its file, and its code. */
export function DocumentView({ name }: { readonly name: string }) {
  const document = useDocuments((state) => state.documents[name])
  const failure = useDocuments((state) => state.failures[name])
  useEffect(() => {
    void useDocuments
      .getState()
      .open(name)
      .then(() => check(name))
  }, [name])
  if (document === undefined) {
    if (failure === undefined) return <Loading />
    return <Failure error={failure} onRetry={() => void useDocuments.getState().open(name)} />
  }
  return <OpenDocument document={document} />
}

function OpenDocument({ document }: { readonly document: StrategyDocument }) {
  const { t } = useTranslation('editor')
  const { name } = document
  const { library, error } = useMonaco()
  const { checked, takeLive } = useProblems(name)
  const [isComparing, setComparing] = useState(false)
  const request = useEditorRequest((state) => state.request)
  const place = useMemo(() => {
    const target = request?.target
    return request !== null && target?.kind === 'place' && target.strategy === name
      ? { line: target.line, column: target.column, sequence: request.sequence }
      : null
  }, [request, name])
  const isDiff = isComparing && document.external !== null

  return (
    <div className="editor-main">
      <DocumentBar document={document} />
      <FileNotice document={document} isComparing={isDiff} onCompare={() => setComparing((now) => !now)} />
      {error !== null && <Failure error={error} />}
      {library === null && error === null && <Loading text={t('loading')} />}
      {library !== null && isDiff && (
        <CodeDiff
          library={library}
          left={{ name: `disk/${name}`, text: document.external ?? '' }}
          right={{ name: `screen/${name}`, text: document.text }}
          label={t('external.compare')}
        />
      )}
      {library !== null && !isDiff && (
        <CodeEditor
          library={library}
          name={name}
          text={document.text}
          label={t('code', { name })}
          onEdit={(text) => useDocuments.getState().edit(name, text)}
          onProblems={takeLive}
          checked={checked}
          place={place}
        />
      )}
    </div>
  )
}

function DocumentBar({ document }: { readonly document: StrategyDocument }) {
  const { t } = useTranslation('editor')
  const { name } = document
  const dirty = isDirty(document)
  const problems = useStore((state) => (state.problems.strategy === name ? state.problems.problems : none))
  const isRunning = useBacktest((state) => state.started !== null || state.isStarting)
  const errors = problems.filter((problem) => problem.severity === 'error').length
  return (
    <div className="editor-bar">
      <span className="editor-title">
        {name}
        {dirty && <span className="editor-dirty" role="img" aria-label={t('unsaved')} title={t('unsaved')} />}
      </span>
      <button type="button" className="editor-problems" onClick={() => useStore.getState().openPanel('problems')}>
        {problems.length === 0 ? t('noProblems') : t('problems', { errors, warnings: problems.length - errors })}
      </button>
      <span className="editor-actions">
        <Button
          icon={Save}
          disabled={!dirty || document.isSaving}
          title="Ctrl+S"
          onClick={() => void saveAndCheck(name)}
        >
          {t('save')}
        </Button>
        <Button
          variant="primary"
          icon={Play}
          disabled={isRunning}
          title="Ctrl+Enter"
          onClick={() => void useBacktest.getState().start()}
        >
          {t(dirty ? 'saveAndRun' : 'run')}
        </Button>
      </span>
    </div>
  )
}

const none: readonly Problem[] = []

interface FileNoticeProps {
  readonly document: StrategyDocument
  readonly isComparing: boolean
  onCompare(): void
}

/** What happened to the file behind the text, with the choices there are. */
function FileNotice({ document, isComparing, onCompare }: FileNoticeProps) {
  const { t } = useTranslation('editor')
  const { name, external, isGone, isRestored } = document
  const { takeDisk, keepScreen } = useDocuments.getState()
  if (external !== null) {
    return (
      <div className="editor-notice" role="alert">
        <TriangleAlert size={14} aria-hidden="true" />
        <p>{t('external.text')}</p>
        <Button onClick={onCompare}>{t(isComparing ? 'external.edit' : 'external.compare')}</Button>
        <Button onClick={() => takeDisk(name)}>{t('external.takeDisk')}</Button>
        <Button onClick={() => keepScreen(name)}>{t('external.keepScreen')}</Button>
      </div>
    )
  }
  if (isGone) {
    return (
      <div className="editor-notice" role="alert">
        <TriangleAlert size={14} aria-hidden="true" />
        <p>{t('gone')}</p>
      </div>
    )
  }
  if (isRestored && isDirty(document)) {
    return (
      <div className="editor-notice" role="status">
        <p>{t('restored.text')}</p>
        <Button onClick={() => takeDisk(name)}>{t('restored.drop')}</Button>
      </div>
    )
  }
  return null
}

/**
 * Joins what the editor sees with what the service found and publishes both for the Problems panel. Gives the
 * service's part back, for the markers.
 */
function useProblems(name: string) {
  const shared = useStore((state) => (state.problems.strategy === name ? state.problems.problems : none))
  const [found, setFound] = useState<readonly Problem[]>(none)
  const live = useRef<readonly Problem[]>(none)
  const seen = useRef(new Set<string>())
  const published = useRef<readonly Problem[]>(none)

  const publish = (checked: readonly Problem[]) => {
    for (const problem of live.current) seen.current.add(problemKey(problem))
    const merged = mergeProblems(live.current, checked, seen.current)
    setFound(merged.filter((problem) => !live.current.includes(problem)))
    const now = useStore.getState().problems
    if (now.strategy === name && sameProblems(now.problems, merged)) {
      published.current = now.problems
      return
    }
    published.current = merged
    useStore.getState().setProblems(name, merged)
  }
  const foundNow = useRef(found)
  foundNow.current = found

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a list that somebody else put there is a new finding.
  useEffect(() => {
    if (shared === published.current) return
    seen.current = new Set()
    publish(shared)
  }, [shared])

  return {
    checked: found,
    takeLive(problems: readonly Problem[]) {
      if (sameProblems(problems, live.current)) return
      live.current = problems
      publish(foundNow.current)
    },
  }
}
