import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'

/** Wrap the window once: tooltips then share their delay. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  )
}

interface TooltipProps {
  /** Nothing is shown when empty. */
  readonly text: ReactNode
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  /** One element that takes a ref, e.g. a button. */
  readonly children: ReactElement
}

/** Words on hover and on keyboard focus. */
export function Tooltip({ text, side = 'bottom', children }: TooltipProps) {
  if (text === '' || text === null || text === undefined) return children
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={200}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className="tw-tooltip" side={side} sideOffset={4} collisionPadding={6}>
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
