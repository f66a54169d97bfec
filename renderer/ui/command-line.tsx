import './command-line.css'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'

/** The terminal line that does the same as the screen, with a button that copies it. */
export function CommandLine({ line }: { readonly line: string }) {
  const { t } = useTranslation('ui')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <div className="tw-command-line">
      <code title={line}>{line}</code>
      <IconButton
        icon={copied ? Check : Copy}
        label={t('copyLine')}
        onClick={() => void navigator.clipboard.writeText(line).then(() => setCopied(true))}
      />
    </div>
  )
}
