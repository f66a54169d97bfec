import { Command } from 'cmdk'
import { ChevronsUpDown } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { describedBy, FieldFrame, type Labelled } from './field.tsx'
import { firstMatches } from './first-matches.ts'
import type { Option } from './select.tsx'

interface ComboboxProps extends Labelled {
  /** Empty: nothing chosen. */
  readonly value: string
  readonly options: readonly Option[]
  onChange(value: string): void
  readonly placeholder?: string
  /** The label is read aloud but not drawn. */
  readonly bare?: boolean
}

/** One of many choices, found by typing a part of it. */
export function Combobox(props: ComboboxProps) {
  const { label, hint, error, doubt, value, options, onChange, placeholder = '', bare = false } = props
  const { t } = useTranslation('ui')
  const id = useId()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const [typed, setTyped] = useState('')
  const shown = options.find((option) => option.value === value)?.label ?? value

  function change(next: boolean) {
    setOpen(next)
    setTyped('')
  }

  const control = (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger asChild>
        <button
          ref={button}
          type="button"
          id={id}
          role="combobox"
          aria-expanded={open}
          aria-label={bare ? label : undefined}
          className={classNames('tw-select', 'tw-combobox', bare && 'is-bare')}
          {...describedBy(id, { label, hint, error, doubt })}
        >
          <span className={classNames(shown === '' && 'is-placeholder')}>{shown === '' ? placeholder : shown}</span>
          <ChevronsUpDown size={12} aria-hidden="true" />
        </button>
      </Popover.Trigger>
      {/* Inside a modal dialog only its own descendants are above it and can be clicked. */}
      <Popover.Portal container={button.current?.closest('dialog') ?? null}>
        <Popover.Content className="tw-popover tw-combobox-list" align="start" sideOffset={4} collisionPadding={6}>
          <Command label={label}>
            <Command.Input placeholder={t('search')} className="tw-input" value={typed} onValueChange={setTyped} />
            <Command.List>
              <Command.Empty className="tw-menu-empty">{t('nothingFound')}</Command.Empty>
              {firstMatches(options, typed, (option) => `${option.value} ${option.label}`).map((option) => (
                <Command.Item
                  key={option.value}
                  value={option.value}
                  keywords={[option.label]}
                  disabled={option.disabled === true}
                  className={classNames('tw-menu-item', option.value === value && 'is-checked')}
                  onSelect={() => {
                    onChange(option.value)
                    change(false)
                  }}
                >
                  {option.label}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
  if (bare) return control
  return (
    <FieldFrame label={label} hint={hint} error={error} doubt={doubt} htmlFor={id}>
      {control}
    </FieldFrame>
  )
}
