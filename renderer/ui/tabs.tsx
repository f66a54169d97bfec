import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** One tab with what it shows. */
export interface Tab {
  readonly id: string
  readonly title: string
  /** Small count behind the title. */
  readonly badge?: string | undefined
  readonly content: ReactNode
}

interface TabsProps {
  /** Read aloud. */
  readonly label: string
  readonly tabs: readonly Tab[]
  /** Controlled with `onChange`; otherwise the first is open. */
  readonly value?: string
  onChange?(id: string): void
}

/** Tabs inside a panel; only the open one is rendered. */
export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  const control = value === undefined ? { defaultValue: tabs[0]?.id ?? '' } : { value }
  return (
    <Radix.Root className="tw-tabs" {...control} onValueChange={(next) => onChange?.(next)}>
      <Radix.List aria-label={label} className="tw-tabs-list">
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.id} value={tab.id} className="tw-tab">
            {tab.title}
            {tab.badge !== undefined && <span className="tw-badge">{tab.badge}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="tw-tab-content">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
