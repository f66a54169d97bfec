import { useEffect } from 'react'

/** What the keys of an armed ticket do. */
export interface TicketKeys {
  buy(): void
  sell(): void
  flatten(): void
}

const typed = 'input, select, textarea, [contenteditable="true"]'

/**
 * B buys, S sells, X cancels all and closes: only while the ticket is armed, the focus is in the Live panel, and nothing
 * is being typed.
 */
export function useTicketKeys(isArmed: boolean, { buy, sell, flatten }: TicketKeys): void {
  useEffect(() => {
    if (!isArmed) return
    const acts: Readonly<Record<string, () => void>> = { b: buy, s: sell, x: flatten }
    const press = (event: KeyboardEvent) => {
      const focus = document.activeElement
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (focus === null || focus.closest('.live') === null || focus.matches(typed)) return
      const act = acts[event.key.toLowerCase()]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isArmed, buy, sell, flatten])
}
