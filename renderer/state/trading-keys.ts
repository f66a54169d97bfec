import { create } from 'zustand'
import { bridge } from '../bridge.ts'
import { useStore } from './store.ts'

/** What single keys do while trading by hand is armed. */
export const tradingActs = ['buy', 'sell', 'flatten'] as const
export type TradingAct = (typeof tradingActs)[number]
/** A key by its letter in lower case, or by its name (`F1`, `Enter`). */
export type TradingKeys = Readonly<Record<TradingAct, string>>

export const standardKeys: TradingKeys = { buy: 'b', sell: 's', flatten: 'x' }

/** The key under which the service keeps them. */
export const tradingKeysKey = 'trading.keys'
/** Keys that mean something else where these are heard, or move the focus. */
const reserved = new Set([
  'c',
  'Tab',
  'Escape',
  'Enter',
  ' ',
  'ArrowUp',
  'ArrowDown',
  'PageUp',
  'PageDown',
  'Shift',
  '?',
])

export const useTradingKeys = create<TradingKeys>()(() => standardKeys)

/** How a pressed key is written. */
export function keyOf({ key }: { readonly key: string }): string {
  return key.length === 1 ? key.toLowerCase() : key
}

/** As keyboards show them. */
export function keyNames(keys: TradingKeys): Record<TradingAct, string> {
  const shown = (key: string) => (key.length === 1 ? key.toUpperCase() : key)
  return { buy: shown(keys.buy), sell: shown(keys.sell), flatten: shown(keys.flatten) }
}

/** What the pressed key means; undefined: nothing. */
export function tradingActOf(event: { readonly key: string }): TradingAct | undefined {
  const keys = useTradingKeys.getState()
  return tradingActs.find((act) => keys[act] === keyOf(event))
}

/** Why a key cannot stand for an act; null: it can. */
export function keyProblem(keys: TradingKeys, act: TradingAct, key: string): 'reserved' | 'taken' | null {
  if (reserved.has(key) || ['Control', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process'].includes(key)) return 'reserved'
  return tradingActs.some((other) => other !== act && keys[other] === key) ? 'taken' : null
}

/** Stored keys; the standard ones where something in them is no key, or two are the same. */
export function readTradingKeys(stored: unknown): TradingKeys {
  if (typeof stored !== 'object' || stored === null) return standardKeys
  const given = stored as Partial<Record<TradingAct, unknown>>
  const keys = Object.fromEntries(tradingActs.map((act) => [act, given[act]])) as TradingKeys
  const isSound = tradingActs.every((act) => {
    const key: unknown = keys[act]
    return typeof key === 'string' && key !== '' && keyProblem(keys, act, key) === null
  })
  return isSound ? keys : standardKeys
}

export async function loadTradingKeys(): Promise<void> {
  try {
    const { value } = await bridge().call('settings.get', { key: tradingKeysKey })
    useTradingKeys.setState(readTradingKeys(value))
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}

/** Puts keys to work at once, and stores them. */
export async function storeTradingKeys(keys: TradingKeys): Promise<void> {
  useTradingKeys.setState(keys)
  try {
    await bridge().call('settings.set', { key: tradingKeysKey, value: { ...keys } })
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}
