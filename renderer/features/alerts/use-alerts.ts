import { useEffect } from 'react'
import { create } from 'zustand'
import type { Gives, Takes } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'

export type Alert = Takes<'alert.put'>['alert']
export type StoredAlert = Gives<'alert.list'>['alerts'][number]
export type Firing = Gives<'alert.log'>['firings'][number]
export type Trial = Gives<'alert.try'>

interface AlertDesk {
  readonly alerts: readonly StoredAlert[] | null
  readonly firings: readonly Firing[]
  readonly failure: unknown
  load(): Promise<void>
  put(alert: Alert): Promise<boolean>
  arm(alert: string, armed: boolean): Promise<boolean>
  remove(alert: string): Promise<boolean>
}

const keptFirings = 500

export const useAlerts = create<AlertDesk>()((set, get) => {
  const told = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work()
      await get().load()
      return true
    } catch (failure) {
      useStore.getState().notifyError(failure)
      return false
    }
  }
  return {
    alerts: null,
    firings: [],
    failure: null,
    async load() {
      try {
        const [{ alerts }, { firings }] = await Promise.all([
          bridge().call('alert.list', {}),
          bridge().call('alert.log', { alert: null, limit: keptFirings }),
        ])
        set({ alerts, firings, failure: null })
      } catch (failure) {
        set({ failure })
      }
    },
    put: (alert) => told(() => bridge().call('alert.put', { alert })),
    arm: (alert, armed) => told(() => bridge().call('alert.arm', { alert, armed })),
    remove: (alert) => told(() => bridge().call('alert.remove', { alert })),
  }
})

/** Loads the alerts, and again whenever one changes. */
export function useFollowedAlerts(): void {
  useEffect(() => {
    const load = () => void useAlerts.getState().load()
    load()
    return bridge().subscribe('alert.changed', load)
  }, [])
}

/** The alert as it is put, without what the service says of it. */
export function definitionOf({ state, since, fired, firedAt, trouble, ...alert }: StoredAlert): Alert {
  return alert
}
