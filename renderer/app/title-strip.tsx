import { ChevronDown, Command, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../state/commands.ts'
import { availableIntervals } from '../state/intervals.ts'
import { useInstrument, useStore } from '../state/store.ts'
import { panelIds } from '../state/types.ts'
import { IconButton } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { Select } from '../ui/select.tsx'
import { useOverlays } from './overlays.ts'
import { Keys } from './palette.tsx'
import { shortcutKeys } from './shortcuts.ts'

/** The upper edge: what is looked at (all panels follow), the palette, the panels, the settings. */
export function TitleStrip() {
  const { t } = useTranslation('app')
  const show = useOverlays((state) => state.show)
  return (
    <header className="tw-title">
      <strong>Tickwright</strong>
      <Selection />
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

function Selection() {
  const { t } = useTranslation('app')
  const instruments = useStore((state) => state.instruments)
  const coverage = useStore((state) => state.coverage)
  const interval = useStore((state) => state.interval)
  const selected = useStore((state) => state.instrument)
  const selectInstrument = useStore((state) => state.selectInstrument)
  const selectInterval = useStore((state) => state.selectInterval)
  const record = useInstrument(selected)
  if (instruments.length === 0) return null
  const intervals = selected === null ? [] : availableIntervals(coverage, selected)
  const offered = intervals.includes(interval) ? intervals : [...intervals, interval]
  return (
    <div className="tw-title-selection">
      <Combobox
        bare
        label={t('title.instrument')}
        placeholder={t('title.instrument')}
        value={selected ?? ''}
        options={instruments.map(({ id, name }) => ({
          value: id,
          label: name === '' || name === id ? id : `${id} · ${name}`,
        }))}
        onChange={selectInstrument}
      />
      <Select
        bare
        label={t('title.interval')}
        value={interval}
        options={offered.map((value) => ({ value, label: value }))}
        onChange={selectInterval}
      />
      {record?.simulated === true && (
        <span className="tw-badge is-sim" title={t('sim.about')}>
          SIM
        </span>
      )}
    </div>
  )
}

function WorkspaceMenu() {
  const { t } = useTranslation(['app', 'commands'])
  const items: MenuItem[] = [
    ...panelIds.map((panel, index) => ({
      label: t(`panels.${panel}`),
      shortcut: shortcutKeys(`$mod+Digit${index + 1}`).join('+'),
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
