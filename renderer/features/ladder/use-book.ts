import { useEffect, useState } from 'react'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'

/** So often is the book asked for: more than an eye follows, and a window that is late asks less often by itself. */
const askMs = 120
const levels = 200

type Answer = Gives<'blotter.book'>

export interface HeardBook extends Answer {
  readonly instrument: string
}

/** What has not changed is not drawn again, but that it grows old, by the second. */
function textOf({ at, book }: Answer): string {
  return book === null ? '' : `${Math.floor((at - book.time) / 1_000)} ${JSON.stringify(book)}`
}

/** The standing book of an instrument while the window is seen; null before the first answer. */
export function useBook(instrument: string | null): HeardBook | null {
  const [heard, setHeard] = useState<HeardBook | null>(null)
  useEffect(() => {
    if (instrument === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isCurrent = true
    let known: string | null = null
    const ask = async () => {
      if (!document.hidden) {
        try {
          const answer = await bridge().call('blotter.book', { instrument, levels })
          const text = textOf(answer)
          if (isCurrent && text !== known) setHeard({ instrument, ...answer })
          known = text
        } catch {
          known = null // The next beat asks again
        }
      }
      if (isCurrent) timer = setTimeout(() => void ask(), askMs)
    }
    void ask()
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [instrument])
  return heard?.instrument === instrument ? heard : null
}
