import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'

/** Starts the workstation again, in order: what is stored then is what was chosen. */
export function useRestart(): () => Promise<void> {
  const { t } = useTranslation('settings')
  return async () => {
    try {
      await bridge().call('app.restart', {})
      useStore.getState().notify({ severity: 'info', text: t('restarting') })
    } catch (error) {
      useStore.getState().notifyError(error)
    }
  }
}
