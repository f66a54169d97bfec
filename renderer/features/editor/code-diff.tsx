import { useEffect, useRef } from 'react'
import type * as Monaco from './monaco.ts'

type MonacoModule = typeof Monaco

interface CodeDiffProps {
  readonly library: MonacoModule
  /** Path-like names tell the two models apart. */
  readonly left: { readonly name: string; readonly text: string }
  /** Null shows the left text alone. */
  readonly right: { readonly name: string; readonly text: string } | null
  readonly label: string
}

/** Two texts side by side, or one alone; read-only. */
export function CodeDiff({ library, left, right, label }: CodeDiffProps) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = host.current
    if (element === null) return
    const { monaco } = library
    const original = library.looseModel(left.name, left.text)
    const options = { ...library.editorOptions(), readOnly: true, ariaLabel: label }
    if (right === null) {
      const editor = monaco.editor.create(element, { ...options, model: original })
      return () => {
        editor.dispose()
        original.dispose()
      }
    }
    const modified = library.looseModel(right.name, right.text)
    const editor = monaco.editor.createDiffEditor(element, {
      ...options,
      originalEditable: false,
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: true,
      renderOverviewRuler: false,
    })
    editor.setModel({ original, modified })
    return () => {
      editor.dispose()
      original.dispose()
      modified.dispose()
    }
  }, [library, left.name, left.text, right?.name, right?.text, right, label])
  return <div ref={host} className="editor-code" />
}
