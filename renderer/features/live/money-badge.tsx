import { useTranslation } from 'react-i18next'
import type { LiveSession } from './use-live.ts'

/** Whether a session trades real money. */
export function isReal({ account }: Pick<LiveSession, 'account'>): boolean {
  return account !== 'paper'
}

/** LIVE or PAPER, by word and by the shape of its frame. */
export function MoneyBadge({ real, account }: { readonly real: boolean; readonly account?: string }) {
  const { t } = useTranslation('live')
  return (
    <strong className="live-money" data-real={real} title={t(real ? 'realAbout' : 'paperAbout')}>
      {t(real ? 'real' : 'paper')}
      {real && account !== undefined && ` · ${account}`}
    </strong>
  )
}
