import { callService } from '../../call-service.ts'
import { dateCell, textTable } from '../output.ts'
import { exitCode, type Verb } from '../verb.ts'

export const dataVerb: Verb = {
  name: 'data',
  words: 0,
  usage: 'data',
  about: 'Lists the stored instruments and what is stored of each.',
  options: {},
  async run({ output, service }) {
    const { instruments, coverage } = await callService(await service(), 'instrument.list', {})
    output.answer({ instruments, coverage }, () => {
      const rows = coverage.map(({ instrument, interval, bars, from, to, source }) => {
        const record = instruments.find(({ id }) => id === instrument)
        return [
          instrument,
          interval,
          String(bars),
          dateCell(from, record?.zone),
          dateCell(to, record?.zone),
          record?.name ?? '–',
          source,
        ]
      })
      return textTable(['instrument', 'interval', 'bars', 'from', 'to', 'name', 'source'], rows)
    })
    return exitCode.done
  },
}
