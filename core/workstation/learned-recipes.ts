import type { JsonValue } from '../stores/settings-store.ts'
import type { ImporterPort, ImportPreview, ImportRecipe, Ports } from './ports.ts'

/** What a user corrected stays known for files that look alike; what the file itself says is inferred afresh each time. */
export interface LearnedRecipes {
  /** The preview of a file, with earlier corrections of files with the same header applied; `learned` names the fields. */
  inspect(path: string): Promise<{ readonly preview: ImportPreview; readonly learned: readonly string[] }>
  /** Keeps where the recipe of a finished import differs from what was inferred. */
  learn(path: string, recipe: ImportRecipe): Promise<void>
}

type Corrections = Partial<ImportRecipe>

/** A file's own matters: another file with the same header may hold another interval, contract or kind of rows. */
const ownFields: ReadonlySet<string> = new Set(['interval', 'pick', 'shape', 'badRows'])

export function createLearnedRecipes({
  importer,
  stores,
  sha256,
}: Pick<Ports, 'importer' | 'stores' | 'sha256'>): LearnedRecipes {
  const keyOf = (preview: ImportPreview) => `recipe:${sha256(utf16Bytes(look(preview))).slice(0, 24)}`
  return {
    async inspect(path) {
      const preview = await importer.inspect(path, null)
      const corrections = (await stores.settings.get(keyOf(preview))) as Corrections | null
      if (corrections === null) return { preview, learned: [] }
      return applied(importer, path, preview, corrections)
    },
    async learn(path, recipe) {
      const preview = await importer.inspect(path, null)
      const corrections = differences(preview.recipe, recipe)
      const key = keyOf(preview)
      if (Object.keys(corrections).length > 0) await stores.settings.set(key, corrections as JsonValue)
      else if ((await stores.settings.get(key)) !== null) await stores.settings.delete(key)
    },
  }
}

async function applied(importer: ImporterPort, path: string, preview: ImportPreview, corrections: Corrections) {
  const corrected = await importer.inspect(path, { ...preview.recipe, ...corrections }).catch(() => undefined)
  // A correction that no longer fits is worth less than a fresh guess.
  if (corrected === undefined || corrected.badRows.length > preview.badRows.length) return { preview, learned: [] }
  const learned = Object.keys(corrections)
  return { preview: { ...corrected, doubts: preview.doubts.filter((field) => !learned.includes(field)) }, learned }
}

/** Files look alike when their header reads alike; without a header, when they have as many columns. */
function look({ recipe, rows }: ImportPreview): string {
  const header = rows.slice(0, recipe.headerRows).flat().join('|').toLowerCase()
  return header === '' ? `${rows[0]?.length ?? 0} columns by ${recipe.separator}` : header
}

function differences(inferred: ImportRecipe, used: ImportRecipe): Corrections {
  return Object.fromEntries(
    Object.entries(used).filter(
      ([field, value]) =>
        !ownFields.has(field) && JSON.stringify(value) !== JSON.stringify(inferred[field as keyof ImportRecipe]),
    ),
  )
}

/** core knows no TextEncoder; any injective encoding will do for a key. */
function utf16Bytes(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length * 2 }, (_, at) => {
    const unit = text.charCodeAt(at >> 1)
    return at % 2 === 0 ? unit & 0xff : unit >> 8
  })
}
