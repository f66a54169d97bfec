import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { assignRole, roleOf, roles } from './recipe.ts'
import type { Recipe, Role } from './types.ts'

interface PreviewTableProps {
  /** First lines split by the recipe, header included. */
  readonly rows: readonly (readonly string[])[]
  readonly recipe: Recipe
  onColumns(columns: Recipe['columns']): void
}

const shownRows = 14

/** The first lines of the file; each column's role is chosen in its header. */
export function PreviewTable({ rows, recipe, onColumns }: PreviewTableProps) {
  const { t } = useTranslation('data')
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const columns = Array.from({ length: width }, (_, index) => index)
  return (
    <div className="tw-preview">
      <table aria-label={t('import.rows')}>
        <thead>
          <tr>
            {columns.map((index) => (
              <th key={index} scope="col" className={classNames(roleOf(recipe.columns, index) !== null && 'is-used')}>
                <select
                  className="tw-select"
                  aria-label={t('import.role', { column: index + 1 })}
                  value={roleOf(recipe.columns, index) ?? ''}
                  onChange={(event) => {
                    const role = event.target.value === '' ? null : (event.target.value as Role)
                    onColumns(assignRole(recipe.columns, index, role))
                  }}
                >
                  <option value="">{t('role.ignored')}</option>
                  {roles.map((role) => (
                    <option key={role} value={role}>
                      {t(`role.${role}`)}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shownRows).map((row, line) => (
            // A line of a file has no identity but its number.
            <tr key={`line-${line.toString()}`} className={classNames(line < recipe.headerRows && 'is-header')}>
              {columns.map((index) => (
                <td key={index} className={classNames(roleOf(recipe.columns, index) === null && 'is-ignored')}>
                  {row[index] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
