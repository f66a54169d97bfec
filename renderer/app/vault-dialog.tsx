import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../bridge.ts'
import { useStore } from '../state/store.ts'
import { answered, useRequest } from '../state/use-request.ts'
import { useVaultLock } from '../state/vault-lock.ts'
import { errorText } from '../text/error-text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'

const shortest = 8

/** Asks for the passphrase of the vault when something needed it; a vault that does not exist yet gets one. */
export function VaultDialog() {
  const isAsked = useVaultLock((state) => state.isAsked)
  return isAsked ? <OpenVault /> : null
}

function OpenVault() {
  const { t } = useTranslation('app')
  const isNew = answered(useRequest('vault.state', {}).answer)?.state === 'new'
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const close = () => useVaultLock.setState({ isAsked: false })
  const isReady = isNew ? passphrase.length >= shortest && passphrase === again : passphrase !== ''
  const open = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await bridge().call('vault.unlock', { passphrase })
      close()
      useStore.getState().notify({ severity: 'info', text: t('vault.opened') })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open title={t(isNew ? 'vault.newTitle' : 'vault.title')} onClose={close} size="small">
      <form className="tw-vault" onSubmit={(event) => void open(event)}>
        <p>{t(isNew ? 'vault.newAbout' : 'vault.about')}</p>
        {failure !== null && <p role="alert">{errorText(failure)}</p>}
        <Field
          type="password"
          label={t('vault.passphrase')}
          hint={isNew ? t('vault.length', { count: shortest }) : undefined}
          value={passphrase}
          onChange={setPassphrase}
        />
        {isNew && <Field type="password" label={t('vault.again')} value={again} onChange={setAgain} />}
        <Button variant="primary" type="submit" disabled={!isReady || isBusy}>
          {t(isBusy ? 'vault.opening' : 'vault.open')}
        </Button>
      </form>
    </Dialog>
  )
}
