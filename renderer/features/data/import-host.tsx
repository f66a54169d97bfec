import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { registerCommands } from '../../state/commands.ts'
import { useStore } from '../../state/store.ts'
import { BatchDialog } from './batch-dialog.tsx'
import { useBatch } from './batch-flow.ts'
import { ImportDialog } from './import-dialog.tsx'
import { useImport } from './import-flow.ts'
import './data.css'

/** Lets files be dropped anywhere on the window or picked by command: one is imported by the wizard, several as a batch. */
export function ImportHost() {
  const { t } = useTranslation('data')
  const picker = useRef<HTMLInputElement>(null)
  const dragging = useFileDrop(take)

  function take(files: readonly File[]) {
    const paths = files.map((file) => bridge().pathOf(file)).filter((path) => path !== '')
    const [path] = paths
    if (path === undefined) {
      if (files.length > 0) useStore.getState().notify({ severity: 'warning', text: t('import.noPath') })
    } else if (paths.length > 1) void useBatch.getState().open(paths)
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
        multiple
        accept=".csv,.tsv,.txt,.dat,.prn,.asc,.parquet"
        data-testid="import-file"
        onChange={(event) => {
          take([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {dragging && <div className="tw-drop">{t('import.drop')}</div>}
      <ImportDialog />
      <BatchDialog />
    </>
  )
}

/** True while a file is dragged over the window. A drag of panels carries no files and is left alone. */
function useFileDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [dragging, setDragging] = useState(false)
  const take = useRef(onFiles)
  take.current = onFiles
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
      take.current([...(event.dataTransfer?.files ?? [])])
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
