import { useEffect } from 'react'
import { loadTradingKeys, type TradingAct, tradingActOf } from '../../state/trading-keys.ts'

/** What the keys of an armed ticket do. */
export type TicketKeys = Readonly<Record<TradingAct, () => void>>

const typed = 'input, select, textarea, [contenteditable="true"]'

/**
 * The trading keys (B buys, S sells, X cancels all and closes, unless others were chosen): only while the ticket is armed, the focus is in the Live panel, and nothing
 * is being typed.
 */
export function useTicketKeys(isArmed: boolean, { buy, sell, flatten }: TicketKeys): void {
  useEffect(() => void loadTradingKeys(), [])
  useEffect(() => {
    if (!isArmed) return
    const acts: TicketKeys = { buy, sell, flatten }
    const press = (event: KeyboardEvent) => {
      const focus = document.activeElement
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (focus === null || focus.closest('.live') === null || focus.matches(typed)) return
      const act = tradingActOf(event)
      if (act === undefined) return
      event.preventDefault()
      acts[act]()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isArmed, buy, sell, flatten])
}
