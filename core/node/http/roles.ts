import { type RequestName, requestChannel, requestNames } from '../../contract/contract.ts'

/** Who holds a token, rising: looks on; trades by hand and stops what trades; does everything. */
export const roles = ['viewer', 'trader', 'admin'] as const
export type Role = (typeof roles)[number]

/** Changes that a trader may make; everything else that changes something is for an admin. */
const forTraders: ReadonlySet<RequestName> = new Set<RequestName>([
  ...(['live.order', 'live.move', 'live.cancel', 'live.flatten', 'live.pause', 'live.kill'] as const),
  ...(['alert.put', 'alert.arm', 'alert.remove', 'notification.acknowledge', 'job.cancel', 'job.pause'] as const),
  'futures.roll',
])
/** They change nothing, but read any file of the machine, or speak to any server. */
const notForViewers: ReadonlySet<RequestName> = new Set<RequestName>([
  'import.inspect',
  'store.test',
  'blotter.find',
  'account.test',
])

/** The least role that may send a request. */
export function leastRole(name: RequestName): Role {
  if (forTraders.has(name)) return 'trader'
  return requestChannel(name).changes || notForViewers.has(name) ? 'admin' : 'viewer'
}

export function mayCall(role: Role, name: RequestName): boolean {
  return roles.indexOf(role) >= roles.indexOf(leastRole(name))
}

/** The requests that a role may send. */
export function requestsOf(role: Role): RequestName[] {
  return requestNames.filter((name) => mayCall(role, name))
}
