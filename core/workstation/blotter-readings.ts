import type { Blotter } from '../blotter/blotter.ts'
import type { InstrumentFeed } from '../blotter/instrument-feed.ts'
import type { Wire } from '../blotter/wire/wire-port.ts'
import type { Gives, Handlers } from '../contract/contract.ts'
import type { Clock } from '../lib/clock.ts'
import { barLine, blotterStatus, bookLines, findingLine, watchLine } from './blotter-views.ts'

type Readings = Pick<
  Handlers,
  'blotter.status' | 'blotter.watch' | 'blotter.forming' | 'blotter.book' | 'blotter.corrections'
>

interface Read {
  readonly clock: Clock
  readonly running: () => {
    readonly blotter: Blotter
    readonly startedAt: number
    readonly wire: Wire | null
  } | null
  readonly troubles: Gives<'blotter.status'>['status']['troubles']
}

/** What a blotter that runs has in memory; nothing of it is asked of a store. */
export function blotterReadings({ clock, running, troubles }: Read): Readings {
  const feeds = (): readonly InstrumentFeed[] => running()?.blotter.feeds ?? []
  const feedOf = (id: string) => feeds().find(({ wish }) => wish.instrument.id === id)
  return {
    'blotter.status': () => ({ status: blotterStatus(running(), troubles, clock.now()) }),
    'blotter.watch': () => ({ at: clock.now(), rows: feeds().map(({ watch }) => watchLine(watch.row)) }),
    'blotter.forming': ({ instrument, interval }) => {
      const bar = feedOf(instrument)?.forming(interval) ?? null
      return { bar: bar === null ? null : barLine(bar) }
    },
    'blotter.book': ({ instrument, levels }) => {
      const feed = feedOf(instrument)
      return { at: clock.now(), book: feed === undefined ? null : bookLines(feed, levels) }
    },
    'blotter.corrections': ({ limit }) => ({
      corrections: (running()?.blotter.corrections ?? []).slice(-limit).reverse().map(findingLine),
    }),
  }
}
