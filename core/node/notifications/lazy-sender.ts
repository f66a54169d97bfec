import type { Vault } from '../../stores/vault.ts'
import type { NoticeSenderPort } from '../../workstation/notifications/notice-sender-port.ts'

/** The sender, loaded with the first message: mail and templates are much for a terminal that sends none. */
export function createLazySender(vault: Vault): NoticeSenderPort & { close(): Promise<void> } {
  let loading: Promise<NoticeSenderPort & { close(): Promise<void> }> | undefined
  const ready = () => {
    loading ??= import('./notice-sender.ts').then(({ createNoticeSender }) => createNoticeSender(vault, Date.now))
    return loading
  }
  return {
    text: async (...args) => (await ready()).text(...args),
    send: async (...args) => (await ready()).send(...args),
    setSecret: async (...args) => (await ready()).setSecret(...args),
    hasSecret: async (...args) => (await ready()).hasSecret(...args),
    forget: async (channel) => (await ready()).forget(channel),
    close: async () => (await loading)?.close(),
  }
}
