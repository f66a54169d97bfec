import { useSyncExternalStore } from 'react'

/** One thing the user can do from the palette, by shortcut, or both. */
export interface Command {
  /** `feature.verb`, e.g. `chart.reset`; unique. */
  readonly id: string
  /** i18n key with namespace, e.g. `commands:chart.reset`. */
  readonly titleKey: string
  /** Values for the title's placeholders, e.g. an instrument id. */
  readonly titleData?: Readonly<Record<string, string | number>>
  /** Heading in the palette: `go`, `instrument`, `view`, `run`, `data`, `chart`, `editor`, `help`. Default: the part of the id before the dot. */
  readonly group?: string
  /** tinykeys syntax, e.g. `$mod+KeyS`, `Alt+KeyR`, `F1`; `$mod` is Ctrl, ⌘ on a Mac. */
  readonly shortcut?: string
  /** More words by which the palette finds it. */
  readonly keywords?: readonly string[]
  /** False: listed, but greyed and without effect. */
  enabled?(): boolean
  run(): void
}

const registered = new Map<string, Command>()
const listeners = new Set<() => void>()
let snapshot: readonly Command[] = []

function announce(): void {
  snapshot = [...registered.values()]
  for (const listener of [...listeners]) listener()
}

/** Adds commands (a later one with the same id replaces the earlier) and returns what takes exactly these away again. */
export function registerCommands(commands: readonly Command[]): () => void {
  for (const command of commands) registered.set(command.id, command)
  announce()
  return () => {
    for (const command of commands) {
      if (registered.get(command.id) === command) registered.delete(command.id)
    }
    announce()
  }
}

/** All commands now, in the order in which they were registered. */
export function allCommands(): readonly Command[] {
  return snapshot
}

/** Runs a command by id; false when there is none or it is not possible now. */
export function runCommand(id: string): boolean {
  const command = registered.get(id)
  if (command === undefined || command.enabled?.() === false) return false
  command.run()
  return true
}

/** Hears every change of the list of commands. */
export function subscribeCommands(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The commands, re-rendered when the list changes. */
export function useCommands(): readonly Command[] {
  return useSyncExternalStore(subscribeCommands, allCommands)
}
