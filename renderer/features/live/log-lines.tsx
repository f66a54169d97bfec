import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { dateTime, zoneFor } from '../../ui/format.ts'
import type { LiveLine } from './use-live.ts'

/** What strategy and service have written, newest first; a word typed above keeps the lines that have it. */
export function LogLines({ lines }: { readonly lines: readonly LiveLine[] }) {
  const { t } = useTranslation('live')
  const zone = useStore((state) => state.zone)
  const [word, setWord] = useState('')
  const shown = lines.filter(({ text }) => text.toLowerCase().includes(word.toLowerCase()))
  return (
    <div className="live-log">
      <input
        className="tw-input"
        type="search"
        placeholder={t('log.filter')}
        aria-label={t('log.filter')}
        value={word}
        onChange={(event) => setWord(event.target.value)}
      />
      {shown.length === 0 && <p className="live-faint">{t('log.empty')}</p>}
      <ol>
        {shown.map(({ time, kind, text }, index) => (
          <li key={shown.length - index} data-kind={kind}>
            <time>{dateTime(time, zoneFor(zone, 'UTC'), 'second')}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
