import { useEffect, useRef } from 'react'
import type { Problem } from '../../state/types.ts'
import type * as Monaco from './monaco.ts'

type MonacoModule = typeof Monaco
type Editor = Monaco.monaco.editor.IStandaloneCodeEditor

interface CodeEditorProps {
  readonly library: MonacoModule
  /** File name; its model keeps undo history while the panel is closed. */
  readonly name: string
  readonly text: string
  onEdit(text: string): void
  /** Problems found while typing. */
  onProblems(problems: readonly Problem[]): void
  /** Problems found by the service, drawn where the editor itself sees none. */
  readonly checked: readonly Problem[]
  /** Where to go; `sequence` grows with every wish. */
  readonly place: { readonly line: number; readonly column: number; readonly sequence: number } | null
  readonly label: string
}

const owner = 'tickwright'

/** Monaco on one strategy. */
export function CodeEditor(props: CodeEditorProps) {
  const { library, name, text, checked, place, label } = props
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor | null>(null)
  const calls = useRef(props)
  calls.current = props

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is given to the living model below.
  useEffect(() => {
    const element = host.current
    if (element === null) return
    const { monaco } = library
    const model = library.modelOf(name, text)
    const made = monaco.editor.create(element, { ...library.editorOptions(), model, ariaLabel: label })
    editor.current = made
    const edited = model.onDidChangeContent(() => calls.current.onEdit(model.getValue()))
    const marked = monaco.editor.onDidChangeMarkers((uris) => {
      if (uris.some((uri) => uri.toString() === model.uri.toString()))
        calls.current.onProblems(liveProblems(monaco, model, name))
    })
    const rememberedView = views.get(name)
    if (rememberedView !== undefined) made.restoreViewState(rememberedView)
    calls.current.onProblems(liveProblems(monaco, model, name))
    return () => {
      const view = made.saveViewState()
      if (view !== null) views.set(name, view)
      edited.dispose()
      marked.dispose()
      made.dispose()
      editor.current = null
    }
  }, [library, name, label])

  useEffect(() => library.replaceText(library.modelOf(name, text), text), [library, name, text])

  useEffect(() => {
    const { monaco } = library
    const model = library.modelOf(name, '')
    monaco.editor.setModelMarkers(
      model,
      owner,
      checked.map((problem) => marker(monaco, model, problem)),
    )
  }, [library, name, checked])

  useEffect(() => {
    if (place === null || editor.current === null) return
    const position = { lineNumber: place.line, column: place.column }
    editor.current.setPosition(position)
    editor.current.revealPositionInCenter(position)
    editor.current.focus()
  }, [place])

  return <div ref={host} className="editor-code" onKeyDownCapture={passToWindow} />
}

/** Scroll and cursor of each strategy while its panel is closed. */
const views = new Map<string, Monaco.monaco.editor.ICodeEditorViewState>()

/** Keys of the window that Monaco would take for itself: palette, run. */
function passToWindow(event: React.KeyboardEvent): void {
  const chord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  const isOurs = event.key === 'F1' || (chord && (event.key === 'Enter' || event.key.toLowerCase() === 'k'))
  if (!isOurs) return
  event.preventDefault()
  event.stopPropagation()
  window.dispatchEvent(new KeyboardEvent('keydown', event.nativeEvent))
}

function liveProblems(monaco: typeof Monaco.monaco, model: Monaco.monaco.editor.ITextModel, file: string): Problem[] {
  return monaco.editor
    .getModelMarkers({ resource: model.uri })
    .filter((found) => found.owner !== owner && found.severity >= monaco.MarkerSeverity.Warning)
    .map((found) => ({
      file,
      line: found.startLineNumber,
      column: found.startColumn,
      message: found.message,
      severity: found.severity === monaco.MarkerSeverity.Error ? 'error' : 'warning',
    }))
}

function marker(
  monaco: typeof Monaco.monaco,
  model: Monaco.monaco.editor.ITextModel,
  problem: Problem,
): Monaco.monaco.editor.IMarkerData {
  const line = Math.min(Math.max(1, problem.line), model.getLineCount())
  const word = model.getWordAtPosition({ lineNumber: line, column: problem.column })
  return {
    severity: problem.severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    message: problem.message,
    source: 'Tickwright',
    startLineNumber: line,
    startColumn: word?.startColumn ?? problem.column,
    endLineNumber: line,
    endColumn: word?.endColumn ?? model.getLineMaxColumn(line),
  }
}
