import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: the one thing to do here. `danger`: cannot be undone. `quiet`: without a frame. */
  readonly variant?: 'plain' | 'primary' | 'danger' | 'quiet'
  readonly icon?: LucideIcon
  readonly children: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button with words. */
export function Button({ variant = 'plain', icon: Icon, children, className, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classNames('tw-button', `tw-button-${variant}`, className)} {...rest}>
      {Icon !== undefined && <Icon size={14} aria-hidden="true" />}
      <span>{children}</span>
    </button>
  )
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly icon: LucideIcon
  /** Read aloud and shown as tooltip. */
  readonly label: string
  /** A toggle that is on. */
  readonly pressed?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button with an icon only; its label is its tooltip. */
export function IconButton({ icon: Icon, label, pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classNames('tw-icon-button', pressed === true && 'is-pressed', className)}
        {...rest}
      >
        <Icon size={14} aria-hidden="true" />
      </button>
    </Tooltip>
  )
}
