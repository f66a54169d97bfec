import './indicator-picker.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { Dialog } from '../../ui/dialog.tsx'
import type { IndicatorChoice, PlacedIndicator } from './chart-settings.ts'
import { IndicatorForm } from './indicator-form.tsx'
import { IndicatorList } from './indicator-list.tsx'
import { withFavourite, withRecent } from './indicator-search.ts'
import { useIndicatorShelf } from './use-indicator-shelf.ts'
import type { CatalogueEntry } from './use-indicators.ts'

interface IndicatorDialogProps {
  readonly catalogue: readonly CatalogueEntry[]
  /** The one to change; null adds a new one. */
  readonly placed: PlacedIndicator | null
  onApply(id: string, choice: IndicatorChoice): void
  onClose(): void
}

/** Finds an indicator by any of its names, then asks for its parameters. */
export function IndicatorDialog({ catalogue, placed, onApply, onClose }: IndicatorDialogProps) {
  const { t } = useTranslation('chart')
  const language = useStore((state) => state.language)
  const { shelf, change } = useIndicatorShelf()
  const [chosen, setChosen] = useState<string | null>(placed?.id ?? null)
  const entry = catalogue.find(({ id }) => id === chosen)
  return (
    <Dialog
      open
      size={entry === undefined ? 'large' : 'medium'}
      title={entry?.title[language] ?? t('indicator.title')}
      onClose={onClose}
    >
      {entry === undefined ? (
        <IndicatorList
          catalogue={catalogue}
          shelf={shelf}
          onFavourite={(id) => change((before) => withFavourite(before, id))}
          onChoose={setChosen}
        />
      ) : (
        <IndicatorForm
          entry={entry}
          placed={placed ?? undefined}
          onApply={(choice) => {
            if (placed === null) change((before) => withRecent(before, entry.id))
            onApply(entry.id, choice)
            onClose()
          }}
        />
      )}
    </Dialog>
  )
}
