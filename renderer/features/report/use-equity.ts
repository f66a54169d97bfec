import { useEffect, useMemo, useState } from 'react'
import type { WireColumns } from '../../../core/contract/define.ts'
import { bridge } from '../../bridge.ts'
import { pickForPlot, thinRange } from '../../chart/plot/thin-range.ts'

/** Points that are drawn at most: more than any screen has pixels. */
const drawnRows = 4000

export interface EquityCurves {
  /** Thinned at first, then whole. */
  readonly columns: WireColumns
  readonly isWhole: boolean
}

/**
 * Equity of a finished run: a thinned curve at once, and the whole one when something needs it: a zoom, monthly returns.
 * A million rows that nobody looks at would only hold the window up. Null while nothing has arrived; `error` when the
 * service could not answer.
 */
export function useEquity(
  run: string,
  needsWhole: boolean,
): { readonly curves: EquityCurves | null; readonly error: unknown } {
  const [held, setHeld] = useState<{ run: string; curves: EquityCurves | null; error: unknown }>({
    run,
    curves: null,
    error: null,
  })
  useEffect(() => {
    let current = true
    const load = async () => {
      const { columns, reply } = await bridge().call('run.equity', { run, maxRows: needsWhole ? 0 : drawnRows })
      const isWhole = needsWhole || reply.rows < drawnRows - 1
      if (current) setHeld({ run, curves: { columns, isWhole }, error: null })
    }
    load().catch((error: unknown) => current && setHeld({ run, curves: null, error }))
    return () => {
      current = false
    }
  }, [run, needsWhole])
  return held.run === run ? held : { curves: null, error: null }
}

export interface View {
  readonly from: number
  readonly to: number
}

const none = new Float64Array(0)

/** The part of some columns that a view shows, thinned by the first of them. */
export function useThinned(curves: EquityCurves | null, names: readonly string[], view: View | null) {
  return useMemo(() => {
    const time = curves?.columns.time ?? none
    const shape = curves?.columns[names[0] ?? ''] ?? none
    const from = view?.from ?? time[0] ?? 0
    const to = view?.to ?? time[time.length - 1] ?? 0
    const rows = thinRange(time, shape, { from, to, maxRows: drawnRows })
    return {
      time: Array.from(rows, (row) => time[row] as number),
      values: names.map((name) => pickForPlot(curves?.columns[name] ?? none, rows)),
    }
  }, [curves, names, view])
}
