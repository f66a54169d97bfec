import './runs.css'
import { useEffect, useState } from 'react'
import { registerCommands } from '../../state/commands.ts'
import { useStore } from '../../state/store.ts'
import { CompareView } from './compare-view.tsx'
import { RunHistoryView } from './run-history.tsx'

/** The history of runs, and two of them side by side. */
export function RunsPanel() {
  const run = useStore((state) => state.run)
  const other = useStore((state) => state.compareRun)
  const compareWith = useStore((state) => state.compareWith)
  const [base, setBase] = useState<string | null>(null)

  useEffect(
    () =>
      registerCommands([
        {
          id: 'runs.endCompare',
          titleKey: 'runs:command.endCompare',
          group: 'run',
          enabled: () => useStore.getState().compareRun !== null,
          run: () => useStore.getState().compareWith(null),
        },
      ]),
    [],
  )

  if (run !== null && other !== null && run !== other) {
    return <CompareView key={`${other} ${run}`} a={other} b={run} onClose={() => compareWith(null)} />
  }
  return <RunHistoryView base={base} onBase={setBase} />
}
