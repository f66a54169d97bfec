import { accountChannels } from './channels/accounts.ts'
import { alertChannels, alertTopics } from './channels/alerts.ts'
import { analysisChannels } from './channels/analyses.ts'
import { appChannels } from './channels/app.ts'
import { archiveChannels } from './channels/archive.ts'
import { backupChannels } from './channels/backups.ts'
import { blotterChannels } from './channels/blotter.ts'
import { calendarChannels } from './channels/calendars.ts'
import { dataChannels } from './channels/data.ts'
import { explainChannels } from './channels/explain.ts'
import { futuresChannels } from './channels/futures.ts'
import { liveChannels, liveTopics } from './channels/live.ts'
import { marketChannels } from './channels/market.ts'
import { notificationChannels, notificationTopics } from './channels/notifications.ts'
import { optimiseChannels } from './channels/optimise.ts'
import { replayChannels } from './channels/replay.ts'
import { reportChannels } from './channels/reports.ts'
import { runChannels } from './channels/runs.ts'
import { storeChannels } from './channels/stores.ts'
import { strategyChannels } from './channels/strategies.ts'
import { topicChannels } from './channels/topics.ts'

/**
 * Every request, command and topic between the service and whatever shows it: the one contract.
 * From it come the preload's named methods, the IPC handlers, the REST routes, the WebSocket topics and `tickwright call`.
 */
export const channels = {
  ...appChannels,
  ...dataChannels,
  ...calendarChannels,
  ...blotterChannels,
  ...marketChannels,
  ...futuresChannels,
  ...storeChannels,
  ...backupChannels,
  ...archiveChannels,
  ...strategyChannels,
  ...runChannels,
  ...replayChannels,
  ...liveChannels,
  ...accountChannels,
  ...notificationChannels,
  ...alertChannels,
  ...optimiseChannels,
  ...analysisChannels,
  ...reportChannels,
  ...explainChannels,
  ...topicChannels,
  ...liveTopics,
  ...notificationTopics,
  ...alertTopics,
} as const
