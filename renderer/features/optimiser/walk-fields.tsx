import { useTranslation } from 'react-i18next'
import { NumberField } from '../../ui/number-field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useOptimiser } from './use-optimiser.ts'

/** Whether parameters are chosen window by window, and how long the windows are. */
export function WalkFields() {
  const { t } = useTranslation('optimiser')
  const { walk } = useOptimiser((state) => state.setup)
  const patch = useOptimiser((state) => state.patch)
  const options = (['off', 'rolling', 'anchored'] as const).map((value) => ({ value, label: t(`walk.${value}`) }))
  return (
    <>
      <Segmented
        label={t('section.walk')}
        value={walk.kind}
        options={options}
        onChange={(kind) => patch({ walk: { ...walk, kind } })}
      />
      <p className="optimiser-note">{t(`walkAbout.${walk.kind}`)}</p>
      {walk.kind !== 'off' && (
        <div className="optimiser-pair">
          <NumberField
            label={t('walk.inSample')}
            integer
            grouped
            min={2}
            step={50}
            value={walk.inSample}
            onChange={(inSample) => patch({ walk: { ...walk, inSample } })}
          />
          <NumberField
            label={t('walk.outOfSample')}
            integer
            grouped
            min={1}
            step={50}
            value={walk.outOfSample}
            onChange={(outOfSample) => patch({ walk: { ...walk, outOfSample } })}
          />
        </div>
      )}
    </>
  )
}
