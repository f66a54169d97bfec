import { ToggleGroup } from 'radix-ui'
import type { Option } from './select.tsx'

interface SegmentedProps<Value extends string> {
  /** Read aloud. */
  readonly label: string
  readonly value: Value
  readonly options: readonly Option<Value>[]
  onChange(value: Value): void
}

/** Two to five choices side by side; arrow keys move. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      className="tw-segmented"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        if (next !== '') onChange(next as Value)
      }}
    >
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value} disabled={option.disabled === true}>
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
