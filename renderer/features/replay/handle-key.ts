import type { KeyboardEvent } from 'react'
import { useReplay } from './use-replay.ts'

/** What keys reach outside the replay itself. */
export interface KeyTargets {
  send(side: 'buy' | 'sell'): void
  focusQuantity(): void
  zoom(factor: number): void
  goToEnd(): void
}

const zoomStep = 1.25

/** True while a key is text, or belongs to a control that uses it. */
export function belongsToControl({ key, target }: Pick<KeyboardEvent, 'key' | 'target'>): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('input, select, textarea, dialog') !== null) return true
  return (key === ' ' || key === 'Enter') && target.closest('button, a') !== null
}

/** Escape leaves any field, Enter one that belongs to no form: the keys are the panel's again. */
export function isDone({ key, target }: Pick<KeyboardEvent, 'key' | 'target'>): boolean {
  if (!(target instanceof HTMLElement) || target.closest('input, select') === null) return false
  return key === 'Escape' || (key === 'Enter' && target.closest('form') === null)
}

/** Keys of the panel; true when the key was one of them. */
export function handleReplayKey(event: KeyboardEvent, targets: KeyTargets): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || belongsToControl(event)) return false
  const desk = useReplay.getState()
  const actions: Readonly<Record<string, () => void>> = {
    ' ': () => (desk.isPlaying ? desk.pause() : desk.play()),
    ArrowRight: () => void desk.step(event.shiftKey ? 10 : 1),
    '.': () => void desk.step(1),
    e: () => void desk.nextEvent(),
    '[': () => desk.faster(-1),
    ']': () => desk.faster(1),
    b: () => targets.send('buy'),
    s: () => targets.send('sell'),
    q: () => targets.focusQuantity(),
    f: () => void desk.flatten(),
    x: () => void desk.cancelAll(),
    '+': () => targets.zoom(zoomStep),
    '=': () => targets.zoom(zoomStep),
    '-': () => targets.zoom(1 / zoomStep),
    End: () => targets.goToEnd(),
  }
  // A held key would send an order for every repeat
  const repeats = event.repeat && !['ArrowRight', '.', '+', '=', '-', '[', ']'].includes(event.key)
  const action = repeats ? undefined : actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  action?.()
  return action !== undefined
}
