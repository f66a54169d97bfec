import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { registerCommands } from '../../state/commands.ts'
import { useStore } from '../../state/store.ts'
import { ImportDialog } from './import-dialog.tsx'
import { useImport } from './import-flow.ts'
import './data.css'

/** Lets a file be dropped anywhere on the window or picked by command, and shows the import dialog. */
export function ImportHost() {
  const { t } = useTranslation('data')
  const picker = useRef<HTMLInputElement>(null)
  const dragging = useFileDrop(take)

  function take(file: File | undefined) {
    if (file === undefined) return
    const path = bridge().pathOf(file)
    if (path === '') useStore.getState().notify({ severity: 'warning', text: t('import.noPath') })
    else void useImport.getState().open(path)
  }

  useEffect(
    () =>
      registerCommands([
        {
          id: 'data.import',
          group: 'data',
          titleKey: 'commands:data.import',
          shortcut: '$mod+KeyO',
          keywords: ['csv', 'file', 'open', '导入'],
          run: () => picker.current?.click(),
        },
      ]),
    [],
  )

  return (
    <>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t('import.pick')}
        accept=".csv,.tsv,.txt,.dat,.prn,.asc"
        data-testid="import-file"
        onChange={(event) => {
          take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {dragging && <div className="tw-drop">{t('import.drop')}</div>}
      <ImportDialog />
    </>
  )
}

/** True while a file is dragged over the window. A drag of panels carries no files and is left alone. */
function useFileDrop(onFile: (file: File | undefined) => void): boolean {
  const [dragging, setDragging] = useState(false)
  const take = useRef(onFile)
  take.current = onFile
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setDragging(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setDragging(false)
      take.current(event.dataTransfer?.files[0])
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])
  return dragging
}
