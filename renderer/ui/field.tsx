import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'
import { classNames } from './class-names.ts'

interface FieldFrameProps {
  readonly label: string
  /** A short explanation below the control. */
  readonly hint?: ReactNode | undefined
  /** What is wrong with the value; also marks the control invalid. */
  readonly error?: string | undefined
  /** Marks a value that was guessed and should be looked at. */
  readonly doubt?: string | undefined
  readonly htmlFor: string
  readonly children: ReactNode
}

/** Label above, control, then hint or error: the frame all form controls share. */
export function FieldFrame({ label, hint, error, doubt, htmlFor, children }: FieldFrameProps) {
  const bad = error !== undefined && error !== ''
  return (
    <div className={classNames('tw-field', bad && 'is-invalid', doubt !== undefined && 'is-doubtful')}>
      <label htmlFor={htmlFor}>{label}</label>
      {children}
      {bad && (
        <p className="tw-field-error" id={`${htmlFor}-error`} role="alert">
          {error}
        </p>
      )}
      {!bad && doubt !== undefined && (
        <p className="tw-field-doubt" id={`${htmlFor}-hint`}>
          {doubt}
        </p>
      )}
      {!bad && doubt === undefined && hint !== undefined && (
        <p className="tw-field-hint" id={`${htmlFor}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** What every labelled control takes. */
export interface Labelled {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly doubt?: string | undefined
}

/** `aria-invalid` and `aria-describedby` of a control inside a FieldFrame. */
export function describedBy(id: string, { error, doubt, hint }: Labelled) {
  if (error !== undefined && error !== '') return { 'aria-invalid': true, 'aria-describedby': `${id}-error` } as const
  if (doubt !== undefined || hint !== undefined) return { 'aria-describedby': `${id}-hint` } as const
  return {}
}

interface FieldProps extends Labelled, Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'id'> {
  readonly value: string
  onChange(value: string): void
  readonly ref?: Ref<HTMLInputElement>
}

/** A labelled text input. */
export function Field({ label, hint, error, doubt, value, onChange, className, ...rest }: FieldProps) {
  const id = useId()
  return (
    <FieldFrame label={label} hint={hint} error={error} doubt={doubt} htmlFor={id}>
      <input
        {...rest}
        id={id}
        value={value}
        spellCheck={false}
        autoComplete="off"
        className={classNames('tw-input', className)}
        onChange={(event) => onChange(event.target.value)}
        {...describedBy(id, { label, hint, error, doubt })}
      />
    </FieldFrame>
  )
}
