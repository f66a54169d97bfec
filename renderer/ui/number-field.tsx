import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import { describedBy, FieldFrame, type Labelled } from './field.tsx'

interface NumberFieldProps extends Labelled {
  /** NaN shows an empty field. */
  readonly value: number
  /** NaN when the text is no number. */
  onChange(value: number): void
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** What ArrowUp and ArrowDown add; ×10 with Shift. Default 1. */
  readonly step?: number | undefined
  readonly integer?: boolean | undefined
  readonly disabled?: boolean | undefined
  /** Unit shown in the field's right edge, e.g. `%`. */
  readonly unit?: string | undefined
  /** Written with thousands separators except while it is typed. */
  readonly grouped?: boolean | undefined
}

/** The number a text says, in the way traders type it: spaces and grouping commas allowed; NaN when it says none. */
export function parseNumber(text: string): number {
  const plain = text.replace(/[\s,_]/g, '').replace(/^\u2212/, '-')
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN
}

function written(value: number, grouped = false): string {
  if (!Number.isFinite(value)) return ''
  return grouped ? value.toLocaleString('en-US', { maximumFractionDigits: 10 }) : String(value)
}

/** A labelled number: free typing, arrow keys step, limits are kept when stepping and reported when typed. */
export function NumberField(props: NumberFieldProps) {
  const { label, hint, error, doubt, value, onChange, min, max, step = 1, integer, disabled, unit, grouped } = props
  const show = (next: number) => written(next, grouped)
  const id = useId()
  const [text, setText] = useState(show(value))
  const typed = useRef(value)

  useEffect(() => {
    if (!Object.is(value, typed.current)) {
      typed.current = value
      setText(written(value, grouped))
    }
  }, [value, grouped])

  function take(next: number, nextText: string) {
    typed.current = next
    setText(nextText)
    onChange(next)
  }

  function nudge(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    const by = (event.key === 'ArrowUp' ? step : -step) * (event.shiftKey ? 10 : 1)
    const start = Number.isFinite(value) ? value : (min ?? 0)
    const raw = Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? Number.NEGATIVE_INFINITY, start + by))
    const next = Number(raw.toFixed(10))
    take(next, show(next))
  }

  const parse = (raw: string) => {
    const parsed = parseNumber(raw)
    return integer === true && !Number.isInteger(parsed) ? Number.NaN : parsed
  }

  return (
    <FieldFrame label={label} hint={hint} error={error} doubt={doubt} htmlFor={id}>
      <div className={classNames('tw-number', unit !== undefined && 'has-unit')}>
        <input
          id={id}
          className="tw-input"
          style={unit === undefined ? undefined : ({ '--unit': unit.length } as CSSProperties)}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          disabled={disabled}
          onKeyDown={nudge}
          onChange={(event) => take(parse(event.target.value), event.target.value)}
          onBlur={() => setText(Number.isFinite(value) ? show(value) : text)}
          {...describedBy(id, { label, hint, error, doubt })}
        />
        {unit !== undefined && <span className="tw-number-unit">{unit}</span>}
      </div>
    </FieldFrame>
  )
}
