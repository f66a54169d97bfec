import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { startI18n } from '../../renderer/state/i18n.ts'
import { useStore } from '../../renderer/state/store.ts'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

const roots: { root: Root; host: HTMLElement }[] = []
const firstState = useStore.getInitialState()

/** The store as at the start of the window, in English; call it before each test that renders. */
export function resetWindow(): void {
  for (const { root, host } of roots.splice(0)) {
    act(() => root.unmount())
    host.remove()
  }
  useStore.setState({ ...firstState, language: 'en' }, true)
  startI18n('en')
}

/** Draws an element into the document and waits until what it asked of the fake service has arrived. */
export async function render(element: ReactNode): Promise<HTMLElement> {
  const host = document.createElement('div')
  document.body.append(host)
  const root = createRoot(host)
  roots.push({ root, host })
  await act(async () => root.render(element))
  return host
}

/** Lets replies of the fake service and the effects they cause come through. */
export async function settle(): Promise<void> {
  await act(async () => undefined)
}

/** Presses a key on an element, as a user does. */
export async function press(target: Element, key: string, init: KeyboardEventInit = {}): Promise<void> {
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))
  })
}

export async function click(target: Element, init: MouseEventInit = {}): Promise<void> {
  await act(async () => {
    target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }))
  })
}

/** Puts a value into an input, select or text area and lets React hear it. */
export async function type(target: Element, value: string): Promise<void> {
  const prototype = Object.getPrototypeOf(target) as object
  const setter = Object.getOwnPropertyDescriptor(prototype, 'value')?.set
  await act(async () => {
    setter?.call(target, value)
    target.dispatchEvent(new Event(target instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
  })
}

/** The one element that matches, or a failure that shows the document. */
export function find(selector: string, within: ParentNode = document): HTMLElement {
  const found = within.querySelector<HTMLElement>(selector)
  if (found === null) throw new Error(`nothing matches ${selector} in\n${document.body.innerHTML.slice(0, 3000)}`)
  return found
}

/** The button that says exactly so. */
export function button(text: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('button')].find(
    (candidate) => candidate.textContent?.trim() === text || candidate.getAttribute('aria-label') === text,
  )
  if (found === undefined) throw new Error(`no button says ${text}`)
  return found
}
