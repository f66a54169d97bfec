import { Command } from 'cmdk'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { type QuickMatch, quickMatches } from './quick-entry-match.ts'

interface QuickEntryProps {
  /** The key that opened it. */
  readonly first: string
  onClose(): void
}

/** Typing on the chart: letters find an instrument, figures set the interval. */
export function QuickEntry({ first, onClose }: QuickEntryProps) {
  const { t } = useTranslation('chart')
  const [text, setText] = useState(first)
  const instruments = useStore((state) => state.instruments)
  const coverage = useStore((state) => state.coverage)
  const matches = quickMatches(text, instruments, coverage)
  const choose = (match: QuickMatch) => {
    const { selectInstrument, selectInterval } = useStore.getState()
    if (match.kind === 'interval') selectInterval(match.interval)
    else selectInstrument(match.id)
    onClose()
  }
  return (
    <Command
      label={t('quick.title')}
      className="chart-quick"
      shouldFilter={false}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onClose()
      }}
    >
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        className="tw-input"
        placeholder={t('quick.hint')}
      />
      <Command.List>
        <Command.Empty className="tw-menu-empty">{t('quick.none')}</Command.Empty>
        {matches.map((match) =>
          match.kind === 'interval' ? (
            <Command.Item key="interval" value="interval" className="tw-menu-item" onSelect={() => choose(match)}>
              {t('quick.interval', { interval: match.interval })}
            </Command.Item>
          ) : (
            <Command.Item key={match.id} value={match.id} className="tw-menu-item" onSelect={() => choose(match)}>
              <b>{match.id}</b>
              <span>{match.name}</span>
            </Command.Item>
          ),
        )}
      </Command.List>
    </Command>
  )
}
