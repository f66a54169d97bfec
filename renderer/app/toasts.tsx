import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../state/store.ts'
import type { Notice } from '../state/types.ts'
import { Button, IconButton } from '../ui/button.tsx'

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert } as const
/** Milliseconds on the screen; an error stays until it is dismissed. */
const shownFor = { info: 5_000, warning: 9_000, error: Number.POSITIVE_INFINITY } as const

/** Notices over the lower right corner; read aloud, errors at once. */
export function Toasts() {
  const { t } = useTranslation('app')
  const notices = useStore((state) => state.notices)
  const toasts = useStore((state) => state.toasts)
  const shown = notices.filter((notice) => toasts.includes(notice.id))
  return (
    <section className="tw-toasts" aria-label={t('toasts.title')} aria-live="polite">
      {shown.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

function Toast({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation('ui')
  const dismiss = useStore((state) => state.dismiss)
  const { id, severity, action } = notice
  const Icon = icons[severity]
  useEffect(() => {
    const ms = shownFor[severity]
    if (!Number.isFinite(ms)) return
    const timer = setTimeout(() => dismiss(id), ms)
    return () => clearTimeout(timer)
  }, [dismiss, id, severity])
  return (
    <div className={`tw-toast is-${severity}`} role={severity === 'error' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden="true" />
      <p className="is-selectable">{notice.text}</p>
      {action !== undefined && (
        <Button
          onClick={() => {
            dismiss(id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon={X} label={t('close')} onClick={() => dismiss(id)} />
    </div>
  )
}
