import { useEffect, useState } from 'react'
import { bridge } from '../../bridge.ts'
import { useThemeVersion } from '../../chart/plot/theme-version.ts'
import type * as Monaco from './monaco.ts'

type MonacoModule = typeof Monaco

let loading: Promise<MonacoModule> | null = null

/** Monaco is several megabytes: it is fetched when the first editor is shown, never at the start of the window. */
async function load(): Promise<MonacoModule> {
  const [module, { declarations }] = await Promise.all([import('./monaco.ts'), bridge().call('strategy.api', {})])
  module.setStrategyApi(declarations)
  return module
}

/** The editor library once it is there, in the present theme. */
export function useMonaco(): { readonly library: MonacoModule | null; readonly error: unknown } {
  const [held, setHeld] = useState<{ library: MonacoModule | null; error: unknown }>({ library: null, error: null })
  const theme = useThemeVersion()
  useEffect(() => {
    let current = true
    loading ??= load()
    loading
      .then((library) => current && setHeld({ library, error: null }))
      .catch((error: unknown) => {
        loading = null
        if (current) setHeld({ library: null, error })
      })
    return () => {
      current = false
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme version means new token values to read.
  useEffect(() => held.library?.applyTheme(), [held.library, theme])
  return held
}
