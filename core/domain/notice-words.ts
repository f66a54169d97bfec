/** How much a notice matters, rising. `critical` is repeated until somebody acknowledges it. */
export const noticeLevels = ['debug', 'info', 'warning', 'error', 'critical'] as const
export type NoticeLevel = (typeof noticeLevels)[number]

/** What a notice is about. */
export const noticeEvents = [
  ...(['order', 'fill', 'trade', 'risk', 'connection', 'data-gap', 'strategy', 'session', 'roll'] as const),
  ...(['backtest', 'message', 'alert', 'channel', 'heartbeat', 'test'] as const),
]
export type NoticeEvent = (typeof noticeEvents)[number]

/** The kinds of channels by which somebody is told. */
export const channelKindNames = [
  ...(['email', 'twilio', 'vonage', 'webhook', 'wecom', 'dingtalk', 'feishu', 'telegram', 'discord', 'slack'] as const),
  'desktop' as const,
]
export type ChannelKindName = (typeof channelKindNames)[number]

/** Where the delivery of a message to a channel stands. `accepted`: the service has said that it took it. */
export const deliveryStates = ['queued', 'sent', 'accepted', 'failed', 'acknowledged'] as const
export type DeliveryState = (typeof deliveryStates)[number]
