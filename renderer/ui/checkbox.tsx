import { Check } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import { useId } from 'react'

interface CheckboxProps {
  readonly label: string
  readonly checked: boolean
  onChange(checked: boolean): void
  readonly disabled?: boolean
}

/** A labelled tick box. */
export function Checkbox({ label, checked, onChange, disabled }: CheckboxProps) {
  const id = useId()
  return (
    <div className="tw-checkbox">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled === true}
        onCheckedChange={(next) => onChange(next === true)}
      >
        <Radix.Indicator>
          <Check size={12} aria-hidden="true" />
        </Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id}>{label}</label>
    </div>
  )
}
