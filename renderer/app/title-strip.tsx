import { ChevronDown, Command, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../state/commands.ts'
import { panelIds } from '../state/types.ts'
import { IconButton } from '../ui/button.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { panelShortcut } from './layout.ts'
import { useOverlays } from './overlays.ts'
import { Keys } from './palette.tsx'
import { shortcutKeys } from './shortcuts.ts'

/** The upper edge: the palette, the panels, the settings. What is looked at stands in the chart's own tools. */
export function TitleStrip() {
  const { t } = useTranslation('app')
  const show = useOverlays((state) => state.show)
  return (
    <header className="tw-title">
      <strong>Tickwright</strong>
      <button type="button" className="tw-title-search" onClick={() => show('palette')}>
        <Command size={12} aria-hidden="true" />
        <span>{t('title.search')}</span>
        <Keys shortcut="$mod+KeyK" />
      </button>
      <div className="tw-title-end">
        <WorkspaceMenu />
        <IconButton icon={Settings} label={t('panels.settings')} onClick={() => runCommand('go.settings')} />
      </div>
    </header>
  )
}

function WorkspaceMenu() {
  const { t } = useTranslation(['app', 'commands'])
  const items: MenuItem[] = [
    ...panelIds.map((panel, index) => ({
      label: t(`panels.${panel}`),
      shortcut: shortcutKeys(panelShortcut(index)).join('+'),
      run: () => void runCommand(`go.${panel}`),
    })),
    'separator',
    { label: t('commands:layout.reset'), run: () => void runCommand('layout.reset') },
    { label: t('commands:help.shortcuts'), shortcut: '?', run: () => void runCommand('help.shortcuts') },
    { label: t('commands:help.welcome'), run: () => void runCommand('help.welcome') },
  ]
  return (
    <Menu items={items}>
      <button type="button" className="tw-button tw-button-quiet">
        <span>{t('workspace.name')}</span>
        <ChevronDown size={12} aria-hidden="true" />
      </button>
    </Menu>
  )
}
