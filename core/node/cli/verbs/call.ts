import { requestChannel, requestNames } from '../../../contract/contract.ts'
import { callService, replyParts } from '../../call-service.ts'
import { jsonColumns } from '../output.ts'
import { exitCode, UsageError, type Verb } from '../verb.ts'

export const callVerb: Verb = {
  name: 'call',
  words: 2,
  usage: 'call [REQUEST] [JSON]',
  about: 'Any request of the contract, e.g. call bars.read \'{"instrument":"SPX",…}\'; without a request: the list.',
  options: {},
  async run({ output, positionals, service }) {
    const [name, json = '{}'] = positionals
    if (name === undefined) {
      const list = requestNames.map((request) => ({ request, about: requestChannel(request).about }))
      output.answer(list, () => list.map(({ request, about }) => `${request}\n    ${about}`).join('\n'))
      return exitCode.done
    }
    const request = requestNames.find((candidate) => candidate === name)
    if (request === undefined) throw new UsageError(`there is no request “${name}”`)
    const { reply, columns } = replyParts(request, await callService(await service(), request, parseJson(json)))
    const document = columns === null ? reply : { ...reply, columns: jsonColumns(columns) }
    output.answer(document, () => JSON.stringify(document, null, 2))
    return exitCode.done
  },
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (failure) {
    throw new UsageError(`not JSON: ${(failure as Error).message}`)
  }
}
