import { Download } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { registerCommands } from '../../state/commands.ts'
import { useStore } from '../../state/store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { SheetOptions } from './use-sheet.ts'

const formats = ['html', 'pdf', 'csv', 'json'] as const
type Format = (typeof formats)[number]

interface ExportMenuProps {
  readonly run: string
  readonly options: SheetOptions
}

/** Saves the report as a file: from the header's menu and from the palette. */
export function ExportMenu({ run, options }: ExportMenuProps) {
  const { t } = useTranslation('report')
  const save = useSave(run, options)
  const latest = useRef(save)
  latest.current = save
  useEffect(
    () =>
      registerCommands(
        formats.map((format) => ({
          id: `report.${format}`,
          group: 'report',
          titleKey: `report:export.${format}`,
          keywords: ['export', 'report', 'save', 'tear sheet', format],
          run: () => latest.current(format),
        })),
      ),
    [],
  )
  return (
    <Menu items={formats.map((format) => ({ label: t(`export.${format}`), run: () => save(format) }))}>
      <IconButton icon={Download} label={t('export.title')} />
    </Menu>
  )
}

function useSave(run: string, options: SheetOptions): (format: Format) => void {
  const { t, i18n } = useTranslation('report')
  const notify = useStore((state) => state.notify)
  const notifyError = useStore((state) => state.notifyError)
  return (format) => {
    const language = i18n.language === 'zh' ? 'zh' : 'en'
    bridge()
      .call('run.export', { run, ...options, format, language, path: null })
      .then(({ name, mediaType, encoding, content }) => {
        const data = encoding === 'base64' ? Uint8Array.from(atob(content), (mark) => mark.charCodeAt(0)) : content
        download(name, new Blob([data], { type: mediaType }))
        notify({ severity: 'info', text: t('export.saved', { name }) })
      })
      .catch(notifyError)
  }
}

function download(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The download reads the file after this moment.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
