import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Field } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import type { BuiltSide, SideKind } from './built-condition.ts'

interface SideFieldsProps {
  readonly label: string
  readonly side: BuiltSide
  readonly kinds: readonly SideKind[]
  onChange(side: BuiltSide): void
}

/** One side of a comparison: a price, a number, a change, a line, any indicator of the catalogue. */
export function SideFields({ label, side, kinds, onChange }: SideFieldsProps) {
  const { t } = useTranslation('alerts')
  const change = (more: Partial<BuiltSide>) => onChange({ ...side, ...more })
  return (
    <>
      <Select
        label={label}
        value={side.kind}
        options={kinds.map((value) => ({ value, label: t(`build.sides.${value}`) }))}
        onChange={(kind) => change({ kind })}
      />
      {(side.kind === 'number' || side.kind === 'change') && (
        <NumberField
          label={t(side.kind === 'number' ? 'build.value' : 'build.bars')}
          value={side.number}
          onChange={(number) => change({ number })}
        />
      )}
      {side.kind === 'line' && (
        <Field
          label={t('build.points')}
          value={side.points}
          placeholder="2020-01-02=3200, 2020-03-02=3300"
          onChange={(points) => change({ points })}
        />
      )}
      {side.kind === 'indicator' && <IndicatorFields side={side} change={change} />}
    </>
  )
}

function IndicatorFields({ side, change }: { readonly side: BuiltSide; change(more: Partial<BuiltSide>): void }) {
  const { t, i18n } = useTranslation('alerts')
  const list = answered(useRequest('indicator.list', {}).answer)?.indicators
  const options = useMemo(() => {
    const language = i18n.language.startsWith('zh') ? 'zh' : 'en'
    return (list ?? []).map(({ id, title }) => ({ value: id, label: `${id} · ${title[language]}` }))
  }, [list, i18n.language])
  const chosen = list?.find(({ id }) => id === side.indicator)
  return (
    <>
      <Select
        label={t('build.indicator')}
        value={side.indicator}
        options={options.length === 0 ? [{ value: side.indicator, label: side.indicator }] : options}
        onChange={(id) =>
          change({ indicator: id, params: paramsText(list?.find((each) => each.id === id)), output: '' })
        }
      />
      <Field label={t('build.params')} value={side.params} onChange={(params) => change({ params })} />
      {(chosen?.outputs.length ?? 0) > 1 && (
        <Select
          label={t('build.output')}
          value={side.output === '' ? (chosen?.outputs[0]?.name ?? '') : side.output}
          options={(chosen?.outputs ?? []).map(({ name }) => ({ value: name, label: name }))}
          onChange={(output) => change({ output })}
        />
      )}
    </>
  )
}

function paramsText(indicator: Gives<'indicator.list'>['indicators'][number] | undefined): string {
  return (indicator?.params ?? []).map(({ name, default: value }) => `${name}=${value}`).join(', ')
}
