import type { z } from 'zod'
import { continuousDefinitionSchema } from '../contract/channels/futures.ts'
import type { Gives, Handlers } from '../contract/contract.ts'
import { dayMs } from '../data/civil.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import { DomainError } from '../domain/errors.ts'
import type { InstrumentId } from '../domain/ids.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import { type ContinuousSeries, continuousSeries } from '../futures/continuous-series.ts'
import type { FuturesContract } from '../futures/contract-chain.ts'
import { deliveryNumber, parseContractCode } from '../futures/contract-code.ts'
import { contractSpans } from '../futures/contract-spans.ts'
import { expiryDay } from '../futures/expiry-rule.ts'
import { futuresProduct } from '../futures/products.ts'
import { contractToHold } from '../futures/roll-due.ts'
import type { RollRule } from '../futures/roll-rule.ts'
import { parseRollRule, rollRuleGrammar } from '../futures/roll-rule-text.ts'
import { usualWeighedBars } from '../futures/weigh-rolls.ts'
import { lowerBound } from '../lib/columns.ts'
import type { BarService } from './bars.ts'
import { putSpans } from './contract-spans.ts'
import type { Ports } from './ports.ts'
import { createRollWatch } from './roll-watch.ts'
import type { Topics } from './topics.ts'

type Definition = z.output<typeof continuousDefinitionSchema>
type FuturesHandlers = Pick<Handlers, Extract<keyof Handlers, `futures.${string}`>>

const settingKey = 'futures.series'
/** Bars of several contracts come together: they are waited for. */
const calmMs = 500
const definitionsSchema = continuousDefinitionSchema.array()

interface StoredContract extends FuturesContract {
  readonly record: InstrumentRecord
}

interface Built {
  readonly chain: readonly StoredContract[]
  readonly adjusted: ContinuousSeries
  readonly raw: ContinuousSeries
}

/** Continuous futures of stored contracts, kept up to date with them. */
export function createFutures(
  ports: Ports,
  bars: BarService,
  topics: Topics,
  live: Pick<Handlers, 'live.list' | 'live.order'>,
) {
  const { stores } = ports
  const watch = createRollWatch(stores.settings, live, topics)
  const due = new Set<string>()
  let stopWaiting = (): void => undefined

  const read = async (): Promise<Definition[]> => {
    const stored = definitionsSchema.safeParse(await stores.settings.get(settingKey))
    return stored.success ? stored.data : []
  }
  const write = async (series: readonly Definition[]) => {
    await stores.settings.set(settingKey, JSON.parse(JSON.stringify(series)))
    topics.publish('settings.changed', { key: settingKey })
  }
  const build = async (definition: Definition): Promise<Built> => {
    const chain = await chainOf(ports, bars, definition)
    const rule = ruleOf(definition)
    const { adjust, over = usualWeighedBars } = definition
    const adjusted = continuousSeries(chain, rule, adjust === 'weighted' ? { over } : adjust)
    const raw = adjust === 'none' ? adjusted : continuousSeries(chain, rule, 'none')
    return { chain, adjusted, raw }
  }
  const store = async (definition: Definition, { chain, adjusted, raw }: Built) => {
    const last = chain.at(-1)?.record
    if (last === undefined) throw new DomainError('futures.no-contracts', {})
    const { id, interval, adjust } = definition
    const name = `${definition.product || last.name} continuous`
    const hash = await put(last, id, `${name}, ${adjust}`, interval, adjusted.bars)
    // What is weighed is no contract's price
    const spans = adjust === 'weighted' ? [] : contractSpans(adjusted, chain, adjust)
    await putSpans(stores.settings, id, { interval, hash, spans })
    topics.publish('data.changed', { instrument: id })
    await put(last, `${id}.raw`, `${name}, as traded`, interval, raw.bars)
    topics.publish('data.changed', { instrument: `${id}.raw` })
  }
  const put = async (like: InstrumentRecord, id: string, name: string, interval: string, series: BarSeries) => {
    await stores.instruments.put({ ...like, id: id as InstrumentId, symbol: id, name })
    // Rows of an earlier rule may lie at other times
    const before = await stores.bars.read(id, interval, null, null)
    if (!before.time.every((time) => series.time[lowerBound(series.time, time)] === time))
      await stores.bars.delete(id, interval)
    return (await stores.bars.upsert(id, interval, series, 'continuous')).hash
  }
  /** Tells what the series is to be held in from now on. */
  const hold = async (definition: Definition, { chain, adjusted }: Built) => {
    const at = contractToHold(chain, ruleOf(definition), adjusted)
    const [to, time] = [chain[at], adjusted.bars.closeTime.at(-1)]
    if (to === undefined || time === undefined) return
    const gap = closeAt(to, time) - closeAt(chain[at - 1] ?? to, time)
    await watch.holds({
      ...{ series: definition.id, to: to.record.id, time, gap: Number.isNaN(gap) ? null : gap },
      byRule: definition.positions === 'rule',
    })
  }
  const refresh = async (changed: ReadonlySet<string>) => {
    for (const definition of await read()) {
      if (!definition.contracts.some((contract) => changed.has(contract))) continue
      await build(definition)
        .then(async (built) => {
          await store(definition, built)
          await hold(definition, built)
        })
        .catch(() => undefined)
    }
  }
  const stopListening = ports.live.isHost
    ? topics.subscribe('data.changed', ({ instrument }) => {
        if (instrument === null) return
        due.add(instrument)
        stopWaiting()
        stopWaiting = ports.after(calmMs, () => {
          const changed = new Set(due)
          due.clear()
          void refresh(changed).catch(() => undefined)
        })
      })
    : () => undefined

  const handlers: FuturesHandlers = {
    ...watch.handlers,
    'futures.preview': async ({ definition }) => {
      const built = await build(definition)
      const { adjusted, raw } = built
      const columns = {
        time: Float64Array.from(adjusted.bars.time),
        close: Float64Array.from(adjusted.bars.close),
        raw: Float64Array.from(raw.bars.close),
        contract: Float64Array.from(adjusted.contract),
      }
      return { reply: described(built), columns }
    },
    'futures.build': async ({ definition }) => {
      const built = await build(definition)
      await store(definition, built)
      await hold(definition, built)
      await write([...(await read()).filter(({ id }) => id !== definition.id), definition])
      return described(built)
    },
    'futures.list': async () => ({ series: await read() }),
    'futures.forget': async ({ id }) => {
      const series = await read()
      if (!series.some((each) => each.id === id)) throw new DomainError('instrument.unknown', { instrument: id })
      await putSpans(stores.settings, id, undefined)
      await watch.forget(id)
      await write(series.filter((each) => each.id !== id))
      return {}
    },
  }
  return {
    handlers,
    stop() {
      stopWaiting()
      stopListening()
    },
  }
}

async function chainOf(ports: Ports, bars: BarService, definition: Definition): Promise<StoredContract[]> {
  const contracts = await Promise.all(
    definition.contracts.map(async (instrument): Promise<StoredContract & { readonly delivery: number }> => {
      const { record, bars: series } = await bars.read({
        ...{ instrument, interval: definition.interval, from: null, to: null },
      })
      const year = new Date(series.time.at(-1) ?? ports.clock.now()).getUTCFullYear()
      const delivery = parseContractCode(record.symbol, year)
      const days = definition.product === '' ? null : futuresProduct(definition.product)
      return {
        ...{ code: record.symbol, record, bars: series, delivery: deliveryNumber(delivery) },
        expiry: days === null ? null : expiryDay(days.lastTrade, delivery) * dayMs,
        firstNotice: days === null || days.firstNotice === null ? null : expiryDay(days.firstNotice, delivery) * dayMs,
      }
    }),
  )
  return contracts.sort((a, b) => a.delivery - b.delivery)
}

function closeAt({ bars }: FuturesContract, time: number): number {
  const row = lowerBound(bars.closeTime, time)
  return bars.closeTime[row] === time ? (bars.close[row] as number) : Number.NaN
}

/** Dates by hand come before the rule: a contract is left at whichever is first. */
function ruleOf({ roll, calendar }: Definition): RollRule {
  const rule = parseRollRule(roll)
  if (rule === undefined) throw new DomainError('futures.rule', { rule: roll, grammar: rollRuleGrammar })
  if (Object.keys(calendar).length === 0) return rule
  return { kind: 'any', rules: [{ kind: 'calendar', dates: calendar }, rule] }
}

function described({ chain, adjusted: { bars, contract, rolls } }: Built): Gives<'futures.build'> {
  return {
    bars: bars.length,
    rolls: rolls.map(({ from, to, row, time, oldPrice, newPrice }) => ({
      ...{ from, to, time },
      first: row < bars.length ? (bars.time[row] as number) : null,
      gap: Number.isNaN(newPrice - oldPrice) ? null : newPrice - oldPrice,
    })),
    contracts: chain.map(({ code, record, bars: own, expiry, firstNotice = null }, at) => ({
      ...{ code, instrument: record.id, bars: own.length, expiry, firstNotice },
      held: contract.reduce((sum, each) => sum + (each === at ? 1 : 0), 0),
    })),
  }
}
