import { useEffect, useState } from 'react'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'

/** A screen reads again at most this often while trials come in. */
const readEveryMs = 700

/**
 * Grows when an optimisation (null: any) has changed, at most every 0.7 s; ends are told at once, so that the last
 * trials are never missing.
 */
export function useChanges(optimisation: string | null): number {
  const [version, setVersion] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      timer = undefined
      setVersion((count) => count + 1)
    }
    const stop = bridge().subscribe('optimisation.changed', (change) => {
      if (optimisation !== null && change.optimisation !== optimisation) return
      if (change.state !== 'running') {
        clearTimeout(timer)
        tell()
      } else timer ??= setTimeout(tell, readEveryMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [optimisation])
  return version
}

/** One stored optimisation. */
export type Optimisation = Gives<'optimise.list'>['optimisations'][number]
/** One optimisation with its axes and what may be luck. */
export type OptimisationDetail = Gives<'optimise.get'>
/** Its trials as columns. */
export type Trials = Gives<'optimise.trials'>
/** Its walk forward. */
export type Walk = Gives<'optimise.walk'>
/** How much of the best Sharpe ratio may be luck. */
export type Luck = NonNullable<OptimisationDetail['overfitting']>

/** One figure of a trial, NaN where there is none. */
export function figure(trials: Trials, column: string, row: number): number {
  return trials.columns[column]?.[row] ?? Number.NaN
}

/** A parameter of a trial in words: its text where it is one. */
export function paramText(trials: Trials, name: string, row: number): string {
  const value = figure(trials, `param:${name}`, row)
  return trials.reply.texts[`param:${name}`]?.[value] ?? String(value)
}
