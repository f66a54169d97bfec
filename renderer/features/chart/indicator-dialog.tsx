import { Command } from 'cmdk'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { Dialog } from '../../ui/dialog.tsx'
import type { PlacedIndicator } from './chart-settings.ts'
import { IndicatorForm } from './indicator-form.tsx'
import { useFirstField } from './use-first-field.ts'
import type { CatalogueEntry } from './use-indicators.ts'

interface IndicatorDialogProps {
  readonly catalogue: readonly CatalogueEntry[]
  /** The one to change; null adds a new one. */
  readonly placed: PlacedIndicator | null
  onApply(id: string, choice: Pick<PlacedIndicator, 'params' | 'pane'>): void
  onClose(): void
}

/** Finds an indicator by any of its names, then asks for its parameters. */
export function IndicatorDialog({ catalogue, placed, onApply, onClose }: IndicatorDialogProps) {
  const { t } = useTranslation('chart')
  const language = useStore((state) => state.language)
  const [chosen, setChosen] = useState<string | null>(placed?.id ?? null)
  const entry = catalogue.find(({ id }) => id === chosen)
  return (
    <Dialog open title={entry?.title[language] ?? t('indicator.title')} onClose={onClose}>
      {entry === undefined ? (
        <IndicatorList catalogue={catalogue} onChoose={setChosen} />
      ) : (
        <IndicatorForm
          entry={entry}
          placed={placed ?? undefined}
          onApply={(choice) => {
            onApply(entry.id, choice)
            onClose()
          }}
        />
      )}
    </Dialog>
  )
}

interface IndicatorListProps {
  readonly catalogue: readonly CatalogueEntry[]
  onChoose(id: string): void
}

function IndicatorList({ catalogue, onChoose }: IndicatorListProps) {
  const { t } = useTranslation('chart')
  const language = useStore((state) => state.language)
  const list = useRef<HTMLDivElement>(null)
  useFirstField(list)
  return (
    <Command ref={list} label={t('indicator.title')} className="chart-indicator-list">
      <Command.Input placeholder={t('indicator.search')} className="tw-input" />
      <Command.List>
        <Command.Empty className="tw-menu-empty">{t('indicator.none')}</Command.Empty>
        {catalogue.map((entry) => (
          <Command.Item
            key={entry.id}
            value={entry.id}
            keywords={[entry.title.en, entry.title.zh, ...Object.values(entry.aliases).flat()]}
            className="tw-menu-item"
            onSelect={() => onChoose(entry.id)}
          >
            <b>{entry.id.toUpperCase()}</b>
            <span>{entry.title[language]}</span>
            <small>{t(entry.pane === 'price' ? 'indicator.pricePane' : 'indicator.ownPane')}</small>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}
