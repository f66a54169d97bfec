import { useId } from 'react'
import { classNames } from './class-names.ts'
import { describedBy, FieldFrame, type Labelled } from './field.tsx'

/** One choice of a Select, Combobox or SegmentedControl. */
export interface Option<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly disabled?: boolean
}

interface SelectProps<Value extends string> extends Labelled {
  readonly value: Value
  readonly options: readonly Option<Value>[]
  onChange(value: Value): void
  readonly disabled?: boolean | undefined
  /** The label is read aloud but not drawn, for toolbars and table headers. */
  readonly bare?: boolean
}

/** One of a few choices. The platform's own control: complete by keyboard, never clipped by a panel. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, error, doubt, value, options, onChange, disabled, bare = false } = props
  const id = useId()
  const control = (
    <select
      id={id}
      className={classNames('tw-select', bare && 'is-bare')}
      value={value}
      disabled={disabled}
      aria-label={bare ? label : undefined}
      onChange={(event) => onChange(event.target.value as Value)}
      {...describedBy(id, { label, hint, error, doubt })}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  )
  if (bare) return control
  return (
    <FieldFrame label={label} hint={hint} error={error} doubt={doubt} htmlFor={id}>
      {control}
    </FieldFrame>
  )
}
