import { useTranslation } from 'react-i18next'
import { isDaily } from '../../state/intervals.ts'
import { useStore } from '../../state/store.ts'
import { errorText } from '../../text/error-text.ts'
import { CandleSketch } from '../../ui/candle-sketch.tsx'
import { bytes, compact, count, dateTime, zoneFor } from '../../ui/format.ts'
import { BadRows } from './bad-rows.tsx'
import { type Preview, useImport } from './import-flow.ts'
import { InstrumentForm } from './instrument-form.tsx'
import { PreviewTable } from './preview-table.tsx'
import { isDoubtful } from './recipe.ts'
import { RecipeForm } from './recipe-form.tsx'

/** The file as the recipe reads it: recipe and instrument on the left, chart, rows and doubts on the right. */
export function ImportPreview({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('data')
  const { editRecipe, editInstrument } = useImport()
  const instruments = useStore((state) => state.instruments)
  const { recipe, instrument, inspection, error } = preview
  const { doubts, rows, badRows } = inspection.reply
  const exists = instruments.some((record) => record.id === instrument.id)
  return (
    <div className="tw-import">
      <div className="tw-import-forms">
        <h3>{t('import.recipe')}</h3>
        {doubts.length > 0 && <p className="tw-import-doubts">{t('import.doubts', { count: doubts.length })}</p>}
        {doubts.includes('quotes') && <p className="tw-import-doubts">{t('import.quotes')}</p>}
        <RecipeForm recipe={recipe} doubts={doubts} picks={inspection.reply.picks ?? []} onChange={editRecipe} />
        <h3>{t('import.instrument')}</h3>
        <p className="tw-setting-about">{t(exists ? 'import.adds' : 'import.creates', { id: instrument.id })}</p>
        <InstrumentForm record={instrument} onChange={editInstrument} />
      </div>
      <div className="tw-import-view" data-checking={preview.checking}>
        <Facts preview={preview} />
        {error !== null && (
          <p className="tw-import-error" role="alert">
            {errorText(error)}
          </p>
        )}
        <CandleSketch columns={inspection.columns} label={t('import.sketch')} />
        {isDoubtful(doubts, 'columns') && <p className="tw-import-doubts">{t('import.columnsDoubtful')}</p>}
        <PreviewTable rows={rows} recipe={recipe} onColumns={(columns) => editRecipe({ columns })} />
        {badRows.length > 0 && <BadRows rows={badRows} total={badRows.length} />}
      </div>
    </div>
  )
}

function Facts({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('data')
  const language = useStore((state) => state.language)
  const zonePreference = useStore((state) => state.zone)
  const { reply, columns } = preview.inspection
  const zone = zoneFor(zonePreference, preview.instrument.zone)
  const first = columns.time?.[0]
  const last = columns.time?.at(-1)
  const precision = isDaily(preview.recipe.interval) ? 'day' : 'minute'
  return (
    <p className="tw-import-facts">
      {t('import.facts', {
        size: bytes(reply.bytes),
        rows: reply.estimatedRows > 100_000 ? compact(reply.estimatedRows, language) : count(reply.estimatedRows),
      })}
      {first !== undefined && last !== undefined && (
        <span>
          {t('import.firstBars', {
            bars: count(columns.time?.length),
            from: dateTime(first, zone, precision),
            to: dateTime(last, zone, precision),
          })}
        </span>
      )}
    </p>
  )
}
