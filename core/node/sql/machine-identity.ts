import { hostname } from 'node:os'
import { isAlive, processIdentity } from '../store/process-identity.ts'

/** `host/pid:start`: a server is shared by machines, and a pid of one says nothing on another. */
export function ownerIdentity(): string {
  return `${hostname()}/${processIdentity()}`
}

/** True when the owner was a process of this machine that no longer runs; another machine's cannot be known. */
export function isGone(owner: string): boolean {
  const at = owner.lastIndexOf('/')
  return owner.slice(0, at) === hostname() && !isAlive(owner.slice(at + 1))
}
