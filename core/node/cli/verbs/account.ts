import { accountSchema } from '../../../contract/account-schemas.ts'
import type { Gives } from '../../../contract/contract.ts'
import { callService, type Service } from '../../call-service.ts'
import { textTable } from '../output.ts'
import { readSecret } from '../read-secret.ts'
import { exitCode, number, positional, text, UsageError, type Verb, type VerbContext } from '../verb.ts'

/** Real accounts from a terminal. */
export const accountVerb: Verb = {
  name: 'account',
  words: 3,
  usage:
    'account list | account add ID EXCHANGE [--market spot|swap|future] [--gateway URL] | account add ID ib [--host H] [--port 7497] [--client-id 40] [--ib-account NAME] | account secret ID apiKey|secret|password --password-stdin | account test ID | account remove ID',
  about:
    'Accounts at crypto exchanges and at Interactive Brokers that live sessions trade on. Keys are read from standard input into the vault, never from the command line.',
  options: {
    market: { type: 'string' },
    gateway: { type: 'string' },
    host: { type: 'string' },
    port: { type: 'string' },
    'client-id': { type: 'string' },
    'ib-account': { type: 'string' },
    'password-stdin': { type: 'boolean' },
  },
  async run(context) {
    const word = positional(context, 0, 'what to do')
    const act = words[word]
    if (act === undefined) throw new UsageError(`account takes ${Object.keys(words).join(', ')}, was “${word}”`)
    await act(context, await context.service())
    return exitCode.done
  },
}

const words: Readonly<Record<string, (context: VerbContext, service: Service) => Promise<void>>> = {
  async list({ output }, service) {
    const answer = await callService(service, 'account.list', {})
    output.answer(answer, () =>
      answer.accounts.length === 0
        ? 'No account yet.'
        : textTable(
            ['account', 'where', 'keys in the vault'],
            answer.accounts.map(({ account, secrets }) => [account.id, placeOf(account), secrets.join(' ')]),
          ),
    )
  },
  async add(context, service) {
    const { values, output } = context
    const [id, where] = [positional(context, 1, 'ID'), positional(context, 2, 'EXCHANGE or ib')]
    const market = text(values, 'market') ?? 'spot'
    const account = accountSchema.parse(
      where === 'ib'
        ? { kind: 'ib', id, ...ibOptions(context) }
        : { kind: 'exchange', id, exchange: where, market, gateway: text(values, 'gateway') ?? null },
    )
    await callService(service, 'account.put', { account })
    output.answer({ account }, () =>
      account.kind === 'ib'
        ? `${id} is at ${placeOf(account)}.`
        : `${id} is at ${placeOf(account)}. Now its keys: account secret.`,
    )
  },
  async secret(context, service) {
    const [account, name] = [positional(context, 1, 'ID'), positional(context, 2, 'NAME')]
    if (context.values['password-stdin'] !== true) throw new UsageError('the key is read with --password-stdin')
    await callService(service, 'account.secret', { account, name, secret: await readSecret() })
    context.output.answer({ account, name, kept: true }, () => `${name} of ${account} is in the vault.`)
  },
  async test(context, service) {
    const state = await callService(service, 'account.test', { account: positional(context, 1, 'ID') })
    context.output.answer(state, () => stateText(state))
  },
  async remove(context, service) {
    const account = positional(context, 1, 'ID')
    await callService(service, 'account.remove', { account })
    context.output.answer({ account, removed: true }, () => `${account} and its keys are forgotten.`)
  },
}

type Account = Gives<'account.list'>['accounts'][number]['account']

function placeOf(account: Account): string {
  return account.kind === 'ib' ? `TWS ${account.host}:${account.port}` : `${account.exchange} ${account.market}`
}

function ibOptions({ values }: VerbContext): object {
  const given = { host: text(values, 'host'), port: number(values, 'port'), clientId: number(values, 'client-id') }
  const all = { ...given, account: text(values, 'ib-account') }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function stateText({ balances, orders, latencyMs }: Gives<'account.test'>): string {
  const held = balances.map(({ currency, free, total }) => [currency, String(total), String(free)])
  const working = orders.map(({ symbol, side, quantity, price, id }) => [
    ...[symbol, side, String(quantity), price === null ? '' : String(price), id],
  ])
  return [
    textTable(['currency', 'total', 'free'], held),
    orders.length === 0 ? 'No order works there.' : textTable(['symbol', 'side', 'quantity', 'price', 'name'], working),
    `answered after ${latencyMs} ms`,
  ].join('\n')
}
