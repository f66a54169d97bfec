import { Command as Cmdk } from 'cmdk'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Command, useCommands } from '../state/commands.ts'
import { firstMatches } from '../ui/first-matches.ts'
import { matchScore } from '../ui/match-score.ts'
import { useOverlays } from './overlays.ts'
import { shortcutKeys } from './shortcuts.ts'

const groupOrder = [
  'run',
  'go',
  'instrument',
  'chart',
  'editor',
  'backtest',
  'replay',
  'runs',
  'report',
  'data',
  'view',
  'help',
]

/** Commands by heading: known headings first, in the order of a trader's day; each heading's in order of registration. */
export function groupCommands(commands: readonly Command[]): [group: string, commands: Command[]][] {
  const groups = new Map<string, Command[]>()
  for (const command of commands) {
    const group = command.group ?? command.id.split('.')[0] ?? ''
    groups.set(group, [...(groups.get(group) ?? []), command])
  }
  const rank = (group: string) => (groupOrder.indexOf(group) + groupOrder.length + 1) % (groupOrder.length + 1)
  return [...groups].sort(([a], [b]) => rank(a) - rank(b))
}

/** Two commands with one title are one command with two shortcuts: the first stands for both. */
export function withoutTwins(commands: readonly Command[]): Command[] {
  const titles = new Set<string>()
  return commands.filter(({ titleKey, titleData }) => {
    const title = `${titleKey} ${JSON.stringify(titleData ?? {})}`
    if (titles.has(title)) return false
    titles.add(title)
    return true
  })
}

/** Every command of the window in one list, found by typing a few letters. */
export function Palette() {
  const open = useOverlays((state) => state.open === 'palette')
  return open ? <OpenPalette /> : null
}

function OpenPalette() {
  const { t, i18n } = useTranslation('app')
  const hide = useOverlays((state) => state.hide)
  const commands = withoutTwins(useCommands())
  const [typed, setTyped] = useState('')
  const title = (command: Command) => t(command.titleKey, { ...command.titleData })
  const words = (command: Command) => [title(command), ...(command.keywords ?? [])].join(' ')
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    // showModal gives the focus to the list's frame, which is focusable too.
    dialog.current?.querySelector('input')?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  function run(command: Command) {
    hide()
    // After the palette has given the focus back, so that a command may move it.
    requestAnimationFrame(() => command.run())
  }

  const groupTitle = (group: string) =>
    i18n.exists(`commands:groups.${group}`) ? t(`commands:groups.${group}`) : group
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop; by keyboard Escape does the same.
    <dialog
      ref={dialog}
      className="tw-palette"
      aria-label={t('palette.title')}
      onCancel={(event) => {
        event.preventDefault()
        hide()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) hide()
      }}
    >
      <Cmdk label={t('palette.title')} loop filter={matchScore}>
        <Cmdk.Input placeholder={t('palette.placeholder')} value={typed} onValueChange={setTyped} />
        <Cmdk.List>
          <Cmdk.Empty>{t('palette.empty')}</Cmdk.Empty>
          {groupCommands(commands)
            .map(([group, all]) => [group, firstMatches(all, typed, words)] as const)
            .map(([group, members]) => (
              <Cmdk.Group key={group} heading={groupTitle(group)}>
                {members.map((command) => (
                  <Cmdk.Item
                    key={command.id}
                    value={command.id}
                    keywords={[title(command), ...(command.keywords ?? [])]}
                    disabled={command.enabled?.() === false}
                    onSelect={() => run(command)}
                  >
                    <span>{title(command)}</span>
                    {command.shortcut !== undefined && <Keys shortcut={command.shortcut} />}
                  </Cmdk.Item>
                ))}
              </Cmdk.Group>
            ))}
        </Cmdk.List>
      </Cmdk>
    </dialog>
  )
}

/** A shortcut as keys. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className="tw-keys">
      {shortcutKeys(shortcut).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  )
}
