import { bridge } from '../bridge.ts'
import { setupFrom } from './backtest-config.ts'
import { useBacktest } from './backtest-setup.ts'
import type { RunDetail } from './run-types.ts'
import { useStore } from './store.ts'

/**
 * Puts a stored run's settings into the Backtest panel. A strategy that is no longer in the folder, as that of a saved
 * replay never was, is written there from the capsule; another text of that name is left alone.
 */
export async function repeatRun(detail: RunDetail): Promise<void> {
  const { summary, capsule } = detail
  const { strategy } = summary.config
  try {
    const name = strategy.kind === 'saved' ? await writtenStrategy(detail, strategy.name) : null
    const { setup, patch } = useBacktest.getState()
    const config = name === null ? summary.config : { ...summary.config, strategy: { kind: 'saved' as const, name } }
    patch(setupFrom(config, setup, capsule.instruments[0]?.zone ?? 'utc'))
    if (name !== null) useStore.setState({ strategy: name })
    useStore.getState().openPanel('backtest')
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}

/** The file in the folder that holds the run's strategy. */
async function writtenStrategy({ summary, capsule }: RunDetail, name: string): Promise<string> {
  const code = capsule.sources[capsule.entry]
  const { strategies, refreshStrategies } = useStore.getState()
  const exists = strategies.some((file) => file.name === name)
  if (code === undefined || (exists && !isWrittenByUs(name))) return name
  if (exists && (await bridge().call('strategy.read', { name })).code === code) return name
  const free = exists ? name.replace(/\.ts$/, `-${summary.id.slice(-6)}.ts`) : name
  await bridge().call('strategy.save', { name: free, code })
  await refreshStrategies()
  return free
}

/** Every saved replay writes a strategy of this name; others are the user's, who may have gone on with them. */
function isWrittenByUs(name: string): boolean {
  return name === 'manual-orders.ts'
}
