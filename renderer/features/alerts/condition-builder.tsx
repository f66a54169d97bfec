import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import {
  type BuiltSide,
  builtCondition,
  builtKinds,
  type ConditionDraft,
  conditionSides,
  events,
  firstCondition,
  relations,
} from './built-condition.ts'
import { SideFields } from './side-fields.tsx'

/** Chooses one condition by lists, and adds it as text. */
export function ConditionBuilder({ onAdd }: { onAdd(condition: string): void }) {
  const { t } = useTranslation('alerts')
  const { instruments, instrument, interval } = useStore()
  const [draft, setDraft] = useState<ConditionDraft>(() =>
    firstCondition(instrument ?? instruments[0]?.id ?? '', interval),
  )
  const sessions = answered(useRequest('live.list', {}).answer)?.sessions ?? []
  const change = (more: Partial<ConditionDraft>) => setDraft({ ...draft, ...more })
  const side = (which: 'left' | 'right') => (next: BuiltSide) => change({ [which]: next })
  const { left, right } = conditionSides[draft.kind]
  const built = builtCondition(draft)
  const instrumentSelect = (
    <Select
      label={t('build.instrument')}
      value={draft.instrument}
      options={instruments.map(({ id }) => ({ value: id, label: id }))}
      onChange={(next) => change({ instrument: next })}
    />
  )
  return (
    <fieldset className="alerts-builder">
      <legend>{t('build.title')}</legend>
      <Select
        label={t('build.kind')}
        value={draft.kind}
        options={builtKinds.map((value) => ({ value, label: t(`build.kinds.${value}`) }))}
        onChange={(kind) => setDraft({ ...draft, kind, ...conditionSides[kind].first })}
      />
      {draft.kind === 'session' && (
        <Select
          label={t('build.session')}
          value={draft.session}
          options={[{ value: '', label: '–' }, ...sessions.map(({ name }) => ({ value: name, label: name }))]}
          onChange={(session) => change({ session })}
        />
      )}
      {draft.kind !== 'event' && (draft.kind !== 'session' || draft.left.kind === 'position') && instrumentSelect}
      {draft.kind === 'bars' && (
        <Field label={t('build.interval')} value={draft.interval} onChange={(next) => change({ interval: next })} />
      )}
      {draft.kind === 'event' ? (
        <>
          <Select
            label={t('build.event')}
            value={draft.event}
            options={events.map((value) => ({ value, label: t(`build.events.${value}`) }))}
            onChange={(event) => change({ event })}
          />
          <Field label={t('build.word')} value={draft.word} onChange={(word) => change({ word })} />
        </>
      ) : (
        <>
          <SideFields label={t('build.left')} side={draft.left} kinds={left} onChange={side('left')} />
          <Select
            label={t('build.relation')}
            value={draft.relation}
            options={relations.map((value) => ({ value, label: t(`build.relations.${value}`) }))}
            onChange={(relation) => change({ relation })}
          />
          <SideFields label={t('build.right')} side={draft.right} kinds={right} onChange={side('right')} />
        </>
      )}
      <Button icon={Plus} disabled={built === null} onClick={() => built !== null && onAdd(built)}>
        {t('build.add')}
      </Button>
    </fieldset>
  )
}
