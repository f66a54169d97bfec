import { createKeybindingsHandler } from 'tinykeys'
import { allCommands, runCommand, subscribeCommands } from '../state/commands.ts'

/** True while the key belongs to what is being typed: a plain key in a text field or the editor is text, not a command. */
function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key)) return false
  const target = event.target
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"], .monaco-editor') !== null
  )
}

/** A modal dialog is open: its own keys only. */
function isModal(): boolean {
  return document.querySelector('dialog[open]') !== null
}

/** Runs commands by their shortcuts, whatever is registered at the moment. Returns what ends it. */
export function bindShortcuts(target: Window): () => void {
  let handler: (event: KeyboardEvent) => void = () => undefined
  function rebuild() {
    const bindings = Object.fromEntries(
      allCommands().flatMap(({ id, shortcut }) =>
        shortcut === undefined
          ? []
          : [
              [
                shortcut,
                (event: KeyboardEvent) => {
                  if (isTyping(event) || isModal()) return
                  if (runCommand(id)) event.preventDefault()
                },
              ],
            ],
      ),
    )
    // Typing is judged above, per key: Ctrl+K must work from inside a text field.
    handler = createKeybindingsHandler(bindings, { ignore: () => false })
  }
  rebuild()
  const end = subscribeCommands(rebuild)
  const listen = (event: KeyboardEvent) => handler(event)
  target.addEventListener('keydown', listen)
  return () => {
    end()
    target.removeEventListener('keydown', listen)
  }
}

const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform)
const keyNames: Readonly<Record<string, string>> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Control: 'Ctrl',
  Meta: '⌘',
  Alt: isMac ? '⌥' : 'Alt',
  Shift: isMac ? '⇧' : 'Shift',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** A shortcut as it is printed on keys: `$mod+KeyK` → `Ctrl`, `K`. */
export function shortcutKeys(shortcut: string): string[] {
  return shortcut.split('+').map((key) => keyNames[key] ?? key.replace(/^(Key|Digit)(?=.$)/, ''))
}
