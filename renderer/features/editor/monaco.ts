import 'monaco-editor/features/register.all'
import 'monaco-editor/languages/definitions/typescript/register'
import * as monaco from 'monaco-editor/editor/editor.api'
import editorWorkerUrl from 'monaco-editor/editor/editor.worker?worker&url'
import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register'
import typescriptWorkerUrl from 'monaco-editor/languages/features/typescript/ts.worker?worker&url'

export { monaco }

/** Folder of all strategies' models, so that `./other.ts` resolves between them. */
const folder = 'file:///strategies/'

interface WorkerPolicy {
  createScriptURL(url: string): string
}

interface TrustedTypes {
  createPolicy(name: string, rules: WorkerPolicy): WorkerPolicy
}

/** Only our two bundled workers pass: the window's CSP requires trusted script addresses. */
function workerPolicy(): WorkerPolicy {
  const allowed = [editorWorkerUrl, typescriptWorkerUrl]
  const rules: WorkerPolicy = {
    createScriptURL(url) {
      if (!allowed.includes(url)) throw new TypeError(`Invariant: ${url} is no worker of the editor`)
      return url
    },
  }
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
  return trustedTypes?.createPolicy('tickwright-editor-workers', rules) ?? rules
}

const policy = workerPolicy()

;(self as { MonacoEnvironment?: monaco.Environment }).MonacoEnvironment = {
  getWorker(_, label) {
    const url = label === 'typescript' || label === 'javascript' ? typescriptWorkerUrl : editorWorkerUrl
    return new Worker(policy.createScriptURL(url), { type: 'module', name: label })
  },
}

// The same options as the service's type check (core/node/strategy/type-check.ts), so that both find the same errors.
typescriptDefaults.setCompilerOptions({
  strict: true,
  noEmit: true,
  target: 99,
  module: 99,
  // `bundler`; Monaco's enumeration ends at the older kinds, its TypeScript knows it.
  moduleResolution: 100 as never,
  allowImportingTsExtensions: true,
  lib: ['lib.es2024.d.ts'],
  types: [],
  skipLibCheck: true,
} as Parameters<typeof typescriptDefaults.setCompilerOptions>[0])
typescriptDefaults.setEagerModelSync(true)
// 80001 and the like are suggestions to convert code; a trader did not ask.
typescriptDefaults.setDiagnosticsOptions({ noSuggestionDiagnostics: true, onlyVisible: false })

/** Makes the strategy API known to completion, hover and errors; call again when it changed. */
export function setStrategyApi(declarations: string): void {
  typescriptDefaults.setExtraLibs([{ content: declarations, filePath: 'file:///node_modules/tickwright/index.d.ts' }])
}

/** The text model of a strategy, made when it is missing. */
export function modelOf(name: string, text: string): monaco.editor.ITextModel {
  const uri = monaco.Uri.parse(folder + name)
  return monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, 'typescript', uri)
}

/** Lets go of a strategy's model after it was renamed or deleted. */
export function dropModel(name: string): void {
  monaco.editor.getModel(monaco.Uri.parse(folder + name))?.dispose()
}

/** A model outside the strategies folder's name space, e.g. the code of a stored run: highlighted, not type-checked against others. */
export function looseModel(path: string, text: string): monaco.editor.ITextModel {
  const uri = monaco.Uri.from({ scheme: 'tickwright-run', path: `/${path}` })
  const known = monaco.editor.getModel(uri)
  if (known === null) return monaco.editor.createModel(text, 'typescript', uri)
  if (known.getValue() !== text) known.setValue(text)
  return known
}

/** Puts a text into a model as one undoable step. */
export function replaceText(model: monaco.editor.ITextModel, text: string): void {
  if (model.getValue() === text) return
  model.pushStackElement()
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null)
  model.pushStackElement()
}

/** `#fff` → `#ffffff`: a style sheet is minified, and Monaco reads the long form only. */
function longHex(colour: string): string {
  return /^#[0-9a-f]{3,4}$/i.test(colour) ? `#${[...colour.slice(1)].map((digit) => digit + digit).join('')}` : colour
}

/** Makes Monaco look like the window: colours are read from the tokens of <html>. */
export function applyTheme(): void {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => longHex(style.getPropertyValue(`--${name}`).trim())
  const isLight = document.documentElement.dataset.theme === 'light'
  monaco.editor.defineTheme('tickwright', {
    base: isLight ? 'vs' : 'vs-dark',
    inherit: true,
    rules: [],
    colors: {
      'editor.background': token('surface-1'),
      'editorGutter.background': token('surface-1'),
      'editor.foreground': token('text'),
      'editorLineNumber.foreground': token('text-faint'),
      'editorLineNumber.activeForeground': token('text'),
      'editor.lineHighlightBackground': token('surface-2'),
      'editor.lineHighlightBorder': '#00000000',
      'editorWidget.background': token('surface-2'),
      'editorWidget.border': token('line-strong'),
      'editorHoverWidget.background': token('surface-2'),
      'editorHoverWidget.border': token('line-strong'),
      'editorSuggestWidget.background': token('surface-2'),
      'editorSuggestWidget.border': token('line-strong'),
      'editorSuggestWidget.selectedBackground': token('surface-4'),
      'editorSuggestWidget.selectedForeground': token('text'),
      'editorSuggestWidget.selectedIconForeground': token('text'),
      'editorSuggestWidget.highlightForeground': token('accent'),
      'editorSuggestWidget.focusHighlightForeground': token('accent'),
      'input.background': token('surface-1'),
      focusBorder: token('focus'),
    },
  })
  monaco.editor.setTheme('tickwright')
}

/** Options all editors of the window share. */
export function editorOptions(): monaco.editor.IEditorOptions {
  const style = getComputedStyle(document.documentElement)
  return {
    automaticLayout: true,
    fixedOverflowWidgets: true,
    fontFamily: style.getPropertyValue('--font-code'),
    fontSize: Number.parseInt(style.getPropertyValue('--text-base'), 10) + 1,
    fontLigatures: false,
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    padding: { top: 6 },
    renderLineHighlight: 'all',
    scrollBeyondLastLine: false,
    stickyScroll: { enabled: false },
    smoothScrolling: false,
    tabSize: 2,
    'semanticHighlighting.enabled': true,
  } as monaco.editor.IEditorOptions
}
