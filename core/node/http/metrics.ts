import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { callService, type Service } from '../call-service.ts'

/** Figures of the service as Prometheus reads them. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  /** A request of the contract was answered. */
  answered(request: string, status: number, ms: number): void
  /** Browsers and programs that listen on the WebSocket. */
  listeners(change: 1 | -1): void
  close(): void
}

export function createMetrics(service: Service): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'tickwright_' })
  const seconds = new Histogram({
    ...{ name: 'tickwright_request_seconds', help: 'Time to answer a request.', registers },
    ...{ labelNames: ['request', 'status'], buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10] },
  })
  const open = new Gauge({ name: 'tickwright_listeners', help: 'Open WebSockets.', registers })
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `tickwright_${name}_total`, help, labelNames, registers })
  const fills = counter('fills', 'Fills of live sessions.', ['session'])
  const refused = counter('orders_refused', 'Orders refused by limits or broker.', ['session', 'reason'])
  const deliveries = counter('deliveries', 'Messages to channels by their end.', ['channel', 'state'])
  const alerts = counter('alerts_fired', 'Alerts that fired.', ['alert'])
  const jobs = counter('jobs', 'Backtests, optimisations, imports by their end.', ['kind', 'state'])
  const readSessions = sessionGauges(service, registry)

  const ends = [
    service.subscribe('live.filled', ({ session }) => fills.inc({ session })),
    service.subscribe('live.ordered', ({ session, status, reason }) => {
      if (status === 'denied' || status === 'rejected') refused.inc({ session, reason })
    }),
    service.subscribe('notification.changed', ({ delivery: { channel, state } }) => {
      if (state === 'accepted' || state === 'failed') deliveries.inc({ channel, state })
    }),
    service.subscribe('alert.fired', ({ alert }) => alerts.inc({ alert })),
    service.subscribe('job.changed', ({ kind, state }) => {
      if (state !== 'running') jobs.inc({ kind, state })
    }),
  ]
  return {
    contentType: registry.contentType,
    async text() {
      await readSessions()
      return registry.metrics()
    },
    answered: (request, status, ms) => seconds.observe({ request, status: String(status) }, ms / 1000),
    listeners: (change) => open.inc(change),
    close() {
      for (const end of ends) end()
      registry.clear()
    },
  }
}

/** Reads the running sessions into their gauges. */
function sessionGauges(service: Service, registry: Registry): () => Promise<void> {
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `tickwright_session_${name}`, help, labelNames: ['session', 'name'], registers: [registry] })
  const equity = gauge('equity', 'Equity of a running session, money.')
  const drawdown = gauge('drawdown_ratio', 'Drawdown of a running session.')
  const waiting = gauge('waiting_events', 'Events of the market that wait for a session.')
  const silence = gauge('silence_seconds', 'Time since a session heard of the market.')
  return async () => {
    for (const each of [equity, drawdown, waiting, silence]) each.reset()
    const { sessions } = await callService(service, 'live.list', {})
    for (const { session, name, state, status, heardAt, waiting: events } of sessions) {
      if (state !== 'running' || status === null) continue
      const labels = { session, name }
      equity.set(labels, status.equity)
      drawdown.set(labels, status.drawdown)
      waiting.set(labels, events)
      if (heardAt !== null) silence.set(labels, Math.max(0, (Date.now() - heardAt) / 1000))
    }
  }
}
