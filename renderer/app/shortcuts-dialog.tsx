import { useTranslation } from 'react-i18next'
import { type Command, useCommands } from '../state/commands.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useOverlays } from './overlays.ts'
import { groupCommands, Keys, withoutTwins } from './palette.tsx'

/** Keys that belong to a table wherever it has the focus. */
const tableKeys = [
  ['select', ['ArrowUp', 'ArrowDown']],
  ['extend', ['Shift+ArrowDown']],
  ['open', ['Enter']],
  ['all', ['$mod+KeyA']],
  ['copy', ['$mod+KeyC']],
] as const

/** Every shortcut of the window, by heading. */
export function ShortcutsDialog() {
  const { t, i18n } = useTranslation('app')
  const open = useOverlays((state) => state.open === 'shortcuts')
  const hide = useOverlays((state) => state.hide)
  const bound = useCommands().filter((command) => command.shortcut !== undefined)
  const groups = groupCommands(withoutTwins(bound))
  const keysOf = ({ titleKey }: Command) => bound.filter((command) => command.titleKey === titleKey)
  return (
    <Dialog open={open} title={t('shortcuts.title')} onClose={hide} size="medium">
      <div className="tw-shortcuts">
        {groups.map(([group, commands]) => (
          <section key={group}>
            <h3>{i18n.exists(`commands:groups.${group}`) ? t(`commands:groups.${group}`) : group}</h3>
            <dl>
              {commands.map((command) => (
                <div key={command.id}>
                  <dt>{t(command.titleKey, { ...command.titleData })}</dt>
                  <dd>
                    {keysOf(command).map(({ id, shortcut = '' }) => (
                      <Keys key={id} shortcut={shortcut} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>{t('shortcuts.tables')}</h3>
          <dl>
            {tableKeys.map(([name, shortcuts]) => (
              <div key={name}>
                <dt>{t(`shortcuts.table.${name}`)}</dt>
                <dd>
                  {shortcuts.map((shortcut) => (
                    <Keys key={shortcut} shortcut={shortcut} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  )
}
