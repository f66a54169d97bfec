import { contractSpansSchema } from '../contract/channels/futures.ts'
import type { ContractSpan } from '../domain/contract-span.ts'
import { DomainError } from '../domain/errors.ts'
import type { RunConfig } from '../stores/run-records.ts'
import type { SettingsStore } from '../stores/settings-store.ts'
import type { Stores } from '../stores/stores.ts'

const settingKey = 'futures.spans'

/** The contracts of a stored series, and the interval at which their first bars are told. */
export interface StoredSpans {
  readonly interval: string
  /** Of the stored bars that they belong to. */
  readonly hash: string
  readonly spans: readonly ContractSpan[]
}

async function readSpans(settings: SettingsStore): Promise<Record<string, StoredSpans>> {
  const stored = contractSpansSchema.safeParse(await settings.get(settingKey))
  return stored.success ? stored.data : {}
}

/** Keeps (undefined: forgets) what contracts a series is made of. */
export async function putSpans(settings: SettingsStore, id: string, stored: StoredSpans | undefined): Promise<void> {
  const { [id]: _, ...others } = await readSpans(settings)
  const all = stored === undefined ? others : { ...others, [id]: stored }
  await settings.set(settingKey, JSON.parse(JSON.stringify(all)))
}

/**
 * The contracts that a run trades in place of a continuous series; undefined where it is none, or where the run says
 * otherwise. In bars that are wider than the stored ones a contract begins with the first bar that is its own alone; a
 * series that is not adjusted has no such bars, and is traded as it is. Throws `futures.rebuilding` while bars and
 * contracts do not belong together.
 */
export async function tradedContracts(
  { settings, bars }: Pick<Stores, 'settings' | 'bars'>,
  {
    instrument,
    sourceInterval,
    interval,
  }: { readonly instrument: string; readonly sourceInterval: string; readonly interval: string },
  {
    profile,
    broker,
  }: {
    readonly profile: RunConfig['profile']
    readonly broker?: { readonly futures?: string | undefined } | undefined
  },
): Promise<ContractSpan[] | undefined> {
  if (profile === 'backtrader' || broker?.futures === 'series') return undefined
  const stored = (await readSpans(settings))[instrument]
  if (stored === undefined || stored.spans.length === 0) return undefined
  const held = (await bars.coverage()).find((one) => one.instrument === instrument && one.interval === stored.interval)
  if (held?.hash !== stored.hash) throw new DomainError('futures.rebuilding', { instrument })
  const isWider = interval !== sourceInterval
  if (stored.interval !== sourceInterval || (isWider && stored.spans.every(isUnmoved))) return undefined
  return [...stored.spans]
}

function isUnmoved({ shift, factor }: ContractSpan): boolean {
  return shift === 0 && factor === 1
}
