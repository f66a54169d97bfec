import { readFileSync } from 'node:fs'

/** `pid:start`: a process that can be told from a later one with the same pid (start is empty where the system does not say). */
export function processIdentity(pid: number = process.pid): string {
  return `${pid}:${startOf(pid)}`
}

/** Whether the process that had this identity still runs. */
export function isAlive(identity: string): boolean {
  const pid = Number(identity.split(':')[0])
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (failure) {
    // EPERM: it runs, under another user.
    if (!(failure instanceof Error && 'code' in failure && failure.code === 'EPERM')) return false
  }
  return processIdentity(pid) === identity
}

/** Linux: clock ticks from boot to the start of the process, field 22 of its stat line. */
function startOf(pid: number): string {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
