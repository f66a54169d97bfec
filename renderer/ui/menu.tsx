import type { LucideIcon } from 'lucide-react'
import { ContextMenu as RadixContext, DropdownMenu as RadixDropdown } from 'radix-ui'
import type { ReactElement } from 'react'
import { classNames } from './class-names.ts'

/** One line of a menu, or a line between groups. */
export type MenuItem =
  | {
      readonly label: string
      readonly icon?: LucideIcon
      /** Shown on the right, e.g. `Ctrl+C`. */
      readonly shortcut?: string
      readonly danger?: boolean
      readonly disabled?: boolean
      /** A choice that is on. */
      readonly checked?: boolean
      run(): void
    }
  | 'separator'

type Parts = Pick<typeof RadixDropdown, 'Item' | 'Separator'> | Pick<typeof RadixContext, 'Item' | 'Separator'>

function Lines({ items, parts }: { readonly items: readonly MenuItem[]; readonly parts: Parts }) {
  const { Item, Separator } = parts
  return items.map((item, index) => {
    // A separator has no identity of its own but its place.
    if (item === 'separator') return <Separator key={`separator-${index.toString()}`} className="tw-menu-separator" />
    const Icon = item.icon
    return (
      <Item
        key={item.label}
        className={classNames(
          'tw-menu-item',
          item.danger === true && 'is-danger',
          item.checked === true && 'is-checked',
        )}
        disabled={item.disabled === true}
        onSelect={() => item.run()}
      >
        <span className="tw-menu-icon">{Icon !== undefined && <Icon size={14} aria-hidden="true" />}</span>
        <span className="tw-menu-label">{item.label}</span>
        {item.shortcut !== undefined && <kbd>{item.shortcut}</kbd>}
      </Item>
    )
  })
}

interface MenuProps {
  readonly items: readonly MenuItem[]
  /** The button that opens it; must take a ref. */
  readonly children: ReactElement
}

/** A menu under a button. Not modal: a modal one would inject a style element, which the window's CSP refuses. */
export function Menu({ items, children }: MenuProps) {
  return (
    <RadixDropdown.Root modal={false}>
      <RadixDropdown.Trigger asChild>{children}</RadixDropdown.Trigger>
      <RadixDropdown.Portal>
        <RadixDropdown.Content className="tw-menu" sideOffset={4} align="start" collisionPadding={6}>
          <Lines items={items} parts={RadixDropdown} />
        </RadixDropdown.Content>
      </RadixDropdown.Portal>
    </RadixDropdown.Root>
  )
}

/** A menu where the right button (or the menu key) was pressed. */
export function ContextMenu({ items, children }: MenuProps) {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className="tw-menu" collisionPadding={6}>
          <Lines items={items} parts={RadixContext} />
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  )
}
