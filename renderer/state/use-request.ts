import { useCallback, useEffect, useState } from 'react'
import type { Gives, RequestName, Takes } from '../../core/contract/contract.ts'
import { bridge } from '../bridge.ts'

/** Where an answer of the service stands. While it is asked again the former data stays, so that nothing flickers. */
export type Answer<Data> =
  | { readonly state: 'idle' }
  | { readonly state: 'loading'; readonly data?: Data }
  | { readonly state: 'ready'; readonly data: Data }
  | { readonly state: 'failed'; readonly error: unknown; readonly data?: Data }

/** What an answer holds now, undefined before the first. */
export function answered<Data>(answer: Answer<Data>): Data | undefined {
  return answer.state === 'idle' ? undefined : answer.data
}

/**
 * Asks the service and asks again when `takes` (compared as JSON) or `version` changes. Null `takes` asks nothing.
 * An answer that arrives after a newer question is dropped.
 */
export function useRequest<Name extends RequestName>(
  name: Name,
  takes: Takes<Name> | null,
  version = 0,
): { readonly answer: Answer<Gives<Name>>; reload(): void } {
  const key = takes === null ? null : JSON.stringify(takes)
  const [turn, setTurn] = useState(0)
  const [held, setHeld] = useState<{ readonly key: string | null; readonly answer: Answer<Gives<Name>> }>({
    key: null,
    answer: { state: 'idle' },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` and `version` ask the same question again.
  useEffect(() => {
    if (key === null) {
      setHeld({ key, answer: { state: 'idle' } })
      return
    }
    let current = true
    setHeld((before) => ({ key, answer: asking(before.key === key ? answered(before.answer) : undefined) }))
    bridge()
      .call(name, JSON.parse(key) as Takes<Name>)
      .then((data) => current && setHeld({ key, answer: { state: 'ready', data } }))
      .catch((error: unknown) => current && setHeld({ key, answer: { state: 'failed', error } }))
    return () => {
      current = false
    }
  }, [name, key, version, turn])
  const reload = useCallback(() => setTurn((count) => count + 1), [])
  const fresh: Answer<Gives<Name>> = key === null ? { state: 'idle' } : { state: 'loading' }
  return { answer: held.key === key ? held.answer : fresh, reload }
}

function asking<Data>(data: Data | undefined): Answer<Data> {
  return data === undefined ? { state: 'loading' } : { state: 'loading', data }
}
