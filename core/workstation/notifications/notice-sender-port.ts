import type { Channel } from '../../notifications/channel-kinds.ts'
import type { Notice } from '../../notifications/notice.ts'

/** Hands messages to the services outside. */
export interface NoticeSenderPort {
  /** What would be sent. Throws `template.wrong`. */
  text(channel: Channel, notice: Notice, count: number): Promise<{ readonly subject: string; readonly text: string }>
  /**
   * Resolves when the service has taken the message (empty `reason`), or has not, with why. `patient`: tried again where
   * that may help. Never throws for what the service says.
   */
  send(
    channel: Channel,
    message: { readonly id: string; readonly notice: Notice; readonly count: number },
    options: { readonly onAttempt: (attempts: number) => void; readonly patient: boolean },
  ): Promise<{ readonly attempts: number; readonly reason: string }>
  setSecret(channel: string, name: string, secret: string): Promise<void>
  hasSecret(channel: string, name: string): Promise<boolean>
  /** Takes every secret of a channel out of the vault. */
  forget(channel: string): Promise<void>
}
