import { type RefObject, useEffect } from 'react'

/** Gives the focus to the first input inside; a frame later, because an opening dialog takes it for itself first. */
export function useFirstField(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const frame = requestAnimationFrame(() => container.current?.querySelector<HTMLElement>('input, select')?.focus())
    return () => cancelAnimationFrame(frame)
  }, [container])
}
