import { useTranslation } from 'react-i18next'
import './money-badge.css'

/** Whether a session trades real money. */
export function isReal({ account }: { readonly account: string }): boolean {
  return account !== 'paper'
}

/** LIVE or PAPER, by word and by the shape of its frame. */
export function MoneyBadge({ real, account }: { readonly real: boolean; readonly account?: string }) {
  const { t } = useTranslation('live')
  return (
    <strong className="money-badge" data-real={real} title={t(real ? 'realAbout' : 'paperAbout')}>
      {t(real ? 'real' : 'paper')}
      {real && account !== undefined && ` · ${account}`}
    </strong>
  )
}
