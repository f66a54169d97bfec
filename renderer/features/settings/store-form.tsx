import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { type StoreFields, storeKinds, usualPort } from './store-address.ts'

interface StoreFormProps {
  readonly fields: StoreFields
  readonly password: string
  /** The vault holds one for this address. */
  readonly hasPassword: boolean
  onChange(change: Partial<StoreFields>): void
  onPassword(password: string): void
}

/** A server in fields; the data folder needs none. */
export function StoreForm({ fields, password, hasPassword, onChange, onPassword }: StoreFormProps) {
  const { t } = useTranslation('settings')
  const isInflux2 = fields.kind === 'influx2'
  return (
    <div className="tw-settings-fields">
      <Select
        label={t('store.kind')}
        value={fields.kind}
        options={storeKinds.map((kind) => ({ value: kind, label: t(`store.kinds.${kind}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      {fields.kind !== 'sqlite' && (
        <>
          <Field label={t('store.host')} value={fields.host} onChange={(host) => onChange({ host })} />
          <Field
            label={t('store.port')}
            value={fields.port}
            placeholder={usualPort[fields.kind]}
            inputMode="numeric"
            onChange={(port) => onChange({ port })}
          />
          <Field
            label={t(isInflux2 ? 'store.bucket' : 'store.database')}
            value={fields.database}
            onChange={(database) => onChange({ database })}
          />
          {isInflux2 ? (
            <Field label={t('store.org')} value={fields.org} onChange={(org) => onChange({ org })} />
          ) : (
            <Field label={t('store.user')} value={fields.user} onChange={(user) => onChange({ user })} />
          )}
          <Field
            type="password"
            label={t(isInflux2 ? 'store.token' : 'store.password')}
            value={password}
            hint={hasPassword ? t('store.kept') : undefined}
            onChange={onPassword}
          />
          <Checkbox
            label={t('store.encrypted')}
            checked={fields.encrypted}
            onChange={(encrypted) => onChange({ encrypted })}
          />
          {fields.kind.startsWith('influx') && <p className="tw-setting-about">{t('store.influxAbout')}</p>}
        </>
      )}
    </div>
  )
}
