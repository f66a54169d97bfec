import { readlinkSync } from 'node:fs'
import os from 'node:os'
import { threadId } from 'node:worker_threads'

/** How much nicer threads are that compute: whatever answers the user comes first, and an idle machine gives them all of it. */
const nicer = 5
const nicest = 19

/**
 * Lets the calling thread yield to windows and services. Only on Linux, where a thread has a priority of its own; on
 * the main thread of a process, which may be a terminal's only work, it does nothing.
 */
export function yieldToScreens(): void {
  if (process.platform !== 'linux' || threadId === 0) return
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    os.setPriority(thread, Math.min(nicest, os.getPriority() + nicer))
  } catch {
    // A container without /proc or the right: everything works, the window is less smooth under load
  }
}
