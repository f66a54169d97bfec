import type { Gives } from '../contract/contract.ts'
import type { Stores } from '../stores/stores.ts'

/** Where the store is chosen; passwords go in and never come out. */
export interface StoreChoicePort {
  get(): Promise<{ readonly inUse: string; readonly chosen: string; readonly hasPassword: boolean }>
  test(url: string, password: string | null): Promise<Gives<'store.test'>>
  choose(url: string, password: string | null): Promise<string>
  open(url: string, password: string | null): Promise<{ readonly stores: Stores; close(): Promise<void> }>
}
