import { useTranslation } from 'react-i18next'
import { commonIntervals } from '../../state/intervals.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { allZones } from './instrument-record.ts'
import {
  badRowChoices,
  dateFormats,
  decimals,
  encodings,
  isDoubtful,
  recipeFaults,
  separators,
  shapes,
  stamps,
} from './recipe.ts'
import type { Recipe } from './types.ts'

interface RecipeFormProps {
  readonly recipe: Recipe
  readonly doubts: readonly string[]
  /** Contracts that the file names; empty when it holds one instrument. */
  readonly picks: readonly string[]
  onChange(patch: Partial<Recipe>): void
}

/** Every field of the recipe as a control; what was guessed with doubt is marked. Columns are chosen in the preview's header. */
export function RecipeForm({ recipe, doubts, picks, onChange }: RecipeFormProps) {
  const { t } = useTranslation('data')
  const faults = recipeFaults(recipe)
  const field = (name: keyof Recipe) => ({
    label: t(`recipe.${name}.label`),
    doubt: isDoubtful(doubts, name === 'shape' ? 'ticks' : name) ? t('import.doubtful') : undefined,
    error: faults.includes(name) ? t(`recipe.${name}.fault`) : undefined,
  })
  const named = <Value extends string>(name: keyof Recipe, values: readonly Value[]) =>
    values.map((value) => ({ value, label: t(`recipe.${name}.${optionKey(value)}`) }))
  const plain = (values: readonly string[], present: string) =>
    [...new Set([...values, present])].map((value) => ({ value, label: value }))

  return (
    <div className="tw-form-grid">
      {recipe.pick !== undefined && (
        <Combobox
          {...field('pick')}
          value={recipe.pick.value}
          options={plain(picks, recipe.pick.value)}
          onChange={(value) => onChange({ pick: { column: recipe.pick?.column ?? 0, value } })}
        />
      )}
      <Select
        {...field('shape')}
        value={recipe.shape ?? 'bars'}
        options={named('shape', shapes)}
        onChange={(shape) => onChange({ shape })}
      />
      <Select
        {...field('stamp')}
        value={recipe.stamp}
        options={named('stamp', stamps)}
        onChange={(stamp) => onChange({ stamp })}
      />
      <Combobox
        {...field('zone')}
        value={recipe.zone}
        options={plain(allZones(), recipe.zone)}
        onChange={(zone) => onChange({ zone })}
      />
      <Field
        {...field('dateFormat')}
        list="tw-date-formats"
        value={recipe.dateFormat}
        onChange={(dateFormat) => onChange({ dateFormat })}
      />
      <datalist id="tw-date-formats">
        {dateFormats.map((format) => (
          <option key={format} value={format} />
        ))}
      </datalist>
      <Select
        {...field('interval')}
        value={recipe.interval}
        options={plain(commonIntervals, recipe.interval)}
        onChange={(interval) => onChange({ interval })}
      />
      <Select
        {...field('separator')}
        value={recipe.separator}
        options={[
          ...named('separator', separators),
          ...((separators as readonly string[]).includes(recipe.separator)
            ? []
            : [{ value: recipe.separator, label: recipe.separator }]),
        ]}
        onChange={(separator) => onChange({ separator })}
      />
      <Select
        {...field('decimal')}
        value={recipe.decimal}
        options={named('decimal', decimals)}
        onChange={(decimal) => onChange({ decimal })}
      />
      <Select
        {...field('encoding')}
        value={recipe.encoding}
        options={encodings.map((value) => ({ value, label: value.toUpperCase() }))}
        onChange={(encoding) => onChange({ encoding })}
      />
      <NumberField
        {...field('headerRows')}
        value={recipe.headerRows}
        integer
        min={0}
        max={100}
        onChange={(headerRows) => onChange({ headerRows })}
      />
      <NumberField
        {...field('priceDivisor')}
        value={recipe.priceDivisor}
        onChange={(priceDivisor) => onChange({ priceDivisor })}
      />
      <Select
        {...field('badRows')}
        value={recipe.badRows}
        options={named('badRows', badRowChoices)}
        onChange={(badRows) => onChange({ badRows })}
      />
    </div>
  )
}

const optionKeys: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'space',
  '.': 'point',
}

/** A name for values that cannot be a message key. */
function optionKey(value: string): string {
  return optionKeys[value] ?? value
}
