import { type Command, registerCommands } from '../state/commands.ts'
import { availableIntervals } from '../state/intervals.ts'
import { openKillSwitch } from '../state/kill-switch.ts'
import { preferenceChoices } from '../state/preferences.ts'
import { useStore } from '../state/store.ts'
import type { Preferences } from '../state/types.ts'
import { useOverlays } from './overlays.ts'
import { runSampleBacktest } from './sample-backtest.ts'

const state = useStore.getState

function preferenceCommands(): Command[] {
  return Object.entries(preferenceChoices).flatMap(([key, choices]) =>
    choices.map((choice) => ({
      id: `view.${key}.${choice}`,
      group: 'view',
      titleKey: `commands:view.${key}.${choice}`,
      run: () => state().setPreference({ [key]: choice } as Partial<Preferences>),
    })),
  )
}

function fixedCommands(): Command[] {
  const show = useOverlays.getState().show
  return [
    {
      id: 'view.palette',
      group: 'help',
      titleKey: 'commands:view.palette',
      shortcut: '$mod+KeyK',
      run: () => show('palette'),
    },
    {
      id: 'view.palette.f1',
      group: 'help',
      titleKey: 'commands:view.palette',
      shortcut: 'F1',
      run: () => show('palette'),
    },
    {
      id: 'help.shortcuts',
      group: 'help',
      titleKey: 'commands:help.shortcuts',
      shortcut: 'Shift+?',
      run: () => show('shortcuts'),
    },
    { id: 'help.welcome', group: 'help', titleKey: 'commands:help.welcome', run: () => show('welcome') },
    { id: 'run.sample', group: 'run', titleKey: 'commands:run.sample', run: () => void runSampleBacktest() },
    {
      id: 'jobs.cancel',
      group: 'run',
      titleKey: 'commands:jobs.cancel',
      enabled: () => runningJobs().length > 0,
      run() {
        for (const job of runningJobs()) void state().cancelJob(job.id)
      },
    },
    {
      id: 'data.refresh',
      group: 'data',
      titleKey: 'commands:data.refresh',
      run: () => void state().refreshCatalogue(),
    },
    { id: 'live.kill', group: 'run', titleKey: 'commands:live.kill', run: openKillSwitch },
    ...preferenceCommands(),
  ]
}

function runningJobs() {
  return Object.values(state().jobs).filter((job) => job.state === 'running')
}

/** One command per instrument, and one per interval that the selected instrument can show. */
function catalogueCommands(): Command[] {
  const { instruments, coverage, instrument } = state()
  const intervals = instrument === null ? [] : availableIntervals(coverage, instrument)
  return [
    ...instruments.map((record) => ({
      id: `instrument.${record.id}`,
      group: 'instrument',
      titleKey: 'commands:instrument.select',
      titleData: { id: record.id, name: record.name },
      keywords: [record.symbol, record.name, record.kind],
      run: () => state().selectInstrument(record.id),
    })),
    ...intervals.map((interval) => ({
      id: `interval.${interval}`,
      group: 'instrument',
      titleKey: 'commands:interval.select',
      titleData: { interval },
      run: () => state().selectInterval(interval),
    })),
  ]
}

/** Registers the window's own commands and keeps those of the catalogue in step with it. Returns what ends it. */
export function registerAppCommands(): () => void {
  const endFixed = registerCommands(fixedCommands())
  let endCatalogue = registerCommands(catalogueCommands())
  const endStore = useStore.subscribe((now, before) => {
    const same =
      now.instruments === before.instruments && now.coverage === before.coverage && now.instrument === before.instrument
    if (same) return
    endCatalogue()
    endCatalogue = registerCommands(catalogueCommands())
  })
  return () => {
    endStore()
    endCatalogue()
    endFixed()
  }
}
