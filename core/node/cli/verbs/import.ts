import { importFile, importOptions } from '../import-file.ts'
import { textTable } from '../output.ts'
import { message } from '../sentences.ts'
import { exitCode, positional, text, type Verb } from '../verb.ts'

export const importVerb: Verb = {
  name: 'import',
  words: 1,
  usage:
    'import FILE [--instrument ID] [--interval 1d] [--zone ZONE] [--stamp open|close|day] [--skip-bad-rows] [--recipe FILE.json]',
  about:
    'Imports bars from a text file: everything is inferred, every guess can be corrected; repeating it changes nothing.',
  options: { instrument: { type: 'string' }, interval: { type: 'string' }, ...importOptions },
  async run(context) {
    const { output, values } = context
    const result = await importFile(context, await context.service(), positional(context, 0, 'FILE'), {
      id: text(values, 'instrument'),
      interval: text(values, 'interval'),
    })
    output.answer(result, () => {
      const counts = `${result.added} added, ${result.changed} changed, ${result.unchanged} unchanged`
      const head = `${result.instrument} ${result.interval}: ${result.rows} rows, ${counts}, ${result.badRowCount} bad rows`
      if (result.badRows.length === 0) return head
      const words = (reason: string) => message(`import.reason.${reason}`, context.resources) ?? reason
      const rows = result.badRows.map(({ row, column, reason, text: cell }) => [
        String(row),
        column,
        words(reason),
        cell,
      ])
      return `${head}\n${textTable(['row', 'column', 'reason', 'text'], rows)}`
    })
    return exitCode.done
  },
}
