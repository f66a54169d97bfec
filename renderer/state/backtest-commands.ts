import { useBacktest } from './backtest-setup.ts'
import { type Command, registerCommands } from './commands.ts'
import { useStore } from './store.ts'

const isIdle = () => useStore.getState().strategy !== null && useBacktest.getState().started === null
const start = () => void useBacktest.getState().start()

const commands: readonly Command[] = [
  {
    id: 'backtest.run',
    titleKey: 'backtest:command.run',
    group: 'run',
    shortcut: '$mod+Enter',
    enabled: isIdle,
    run: start,
  },
  {
    id: 'backtest.run.f5',
    titleKey: 'backtest:command.run',
    group: 'run',
    shortcut: 'F5',
    enabled: isIdle,
    run: start,
  },
  {
    id: 'backtest.cancel',
    titleKey: 'backtest:command.cancel',
    group: 'run',
    shortcut: 'Shift+F5',
    enabled: () => useBacktest.getState().started !== null,
    run: () => useBacktest.getState().cancel(),
  },
]

let users = 0
let unregister = () => {}

/** Registers the commands of a backtest while at least one panel that shows it is open. Returns what ends it. */
export function registerBacktestCommands(): () => void {
  if (users === 0) unregister = registerCommands(commands)
  users += 1
  return () => {
    users -= 1
    if (users === 0) unregister()
  }
}
