import { Command } from 'cmdk'
import { Star } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { classNames } from '../../ui/class-names.ts'
import { Select } from '../../ui/select.tsx'
import { IndicatorDetails } from './indicator-details.tsx'
import { familiesOf, findIndicators, type IndicatorSection, type IndicatorShelf } from './indicator-search.ts'
import { useFirstField } from './use-first-field.ts'
import type { CatalogueEntry } from './use-indicators.ts'

interface IndicatorListProps {
  readonly catalogue: readonly CatalogueEntry[]
  readonly shelf: IndicatorShelf
  onFavourite(id: string): void
  onChoose(id: string): void
}

/** The whole catalogue: typed text and a family narrow it, the arrows walk it, Enter takes, * keeps as a favourite. */
export function IndicatorList({ catalogue, shelf, onFavourite, onChoose }: IndicatorListProps) {
  const { t } = useTranslation('chart')
  const language = useStore((state) => state.language)
  const [typed, setTyped] = useState('')
  const [family, setFamily] = useState('')
  const [lit, setLit] = useState('')
  const list = useRef<HTMLDivElement>(null)
  useFirstField(list)
  const sections = useMemo(
    () => findIndicators(catalogue, { typed, family, language }, shelf),
    [catalogue, typed, family, language, shelf],
  )
  const shown = sections.flatMap(({ entries }) => entries)
  const entry = shown.find(({ id }) => id === lit) ?? shown[0]
  const families = [
    { value: '', label: t('indicator.allFamilies') },
    ...familiesOf(catalogue).map((value) => ({ value, label: t(`indicator.family.${value}`) })),
  ]
  const starByKey = (event: KeyboardEvent) => {
    if (event.key !== '*' || entry === undefined) return
    event.preventDefault()
    onFavourite(entry.id)
  }
  return (
    <div className="chart-indicator-picker" ref={list}>
      <Command
        label={t('indicator.title')}
        className="chart-indicator-list"
        shouldFilter={false}
        loop
        value={entry?.id ?? ''}
        onValueChange={setLit}
        onKeyDown={starByKey}
      >
        <div className="chart-indicator-search">
          <Command.Input
            placeholder={t('indicator.search')}
            className="tw-input"
            value={typed}
            onValueChange={(text) => {
              setTyped(text)
              setLit('')
            }}
          />
          <Select bare label={t('indicator.families')} value={family} options={families} onChange={setFamily} />
        </div>
        <Command.List>
          {shown.length === 0 && <p className="tw-menu-empty">{t('indicator.none')}</p>}
          {sections.map((section) => (
            <Section key={section.heading} section={section} shelf={shelf} {...{ onChoose, onFavourite }} />
          ))}
        </Command.List>
        <p className="chart-indicator-keys">{t('indicator.keys', { shown: shown.length, all: catalogue.length })}</p>
      </Command>
      {entry !== undefined && <IndicatorDetails entry={entry} />}
    </div>
  )
}

interface SectionProps extends Pick<IndicatorListProps, 'shelf' | 'onChoose' | 'onFavourite'> {
  readonly section: IndicatorSection
}

function Section({ section, shelf, onChoose, onFavourite }: SectionProps) {
  const { t } = useTranslation('chart')
  const language = useStore((state) => state.language)
  const { heading, entries } = section
  const title = heading === 'found' ? undefined : t(`indicator.family.${heading}`)
  return (
    <Command.Group {...(title === undefined ? {} : { heading: title })}>
      {entries.map(({ id, title: titles, pane }) => {
        const isFavourite = shelf.favourites.includes(id)
        return (
          <Command.Item key={id} value={id} className="tw-menu-item" onSelect={() => onChoose(id)}>
            {/* Not in the order of Tab: the same by * from the field. */}
            <button
              type="button"
              tabIndex={-1}
              className={classNames('chart-indicator-star', isFavourite && 'is-favourite')}
              aria-label={t(isFavourite ? 'indicator.unstar' : 'indicator.star', { indicator: titles[language] })}
              aria-pressed={isFavourite}
              onClick={(event) => {
                event.stopPropagation()
                onFavourite(id)
              }}
            >
              <Star size={12} aria-hidden />
            </button>
            <span className="chart-pick-title">{titles[language]}</span>
            <code className="chart-pick-id">{id}</code>
            <small className="chart-pick-pane">
              {t(pane === 'price' ? 'indicator.pricePane' : 'indicator.ownPane')}
            </small>
          </Command.Item>
        )
      })}
    </Command.Group>
  )
}
