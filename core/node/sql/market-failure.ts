import { DomainError } from '../../domain/errors.ts'

/** Deadlock or serialisation failure: nothing was done, and doing it again is what servers ask for. */
const again = /^(ER_LOCK_DEADLOCK|40001|40P01)$/
const attempts = 8

/** Runs a transaction, again when the server had to choose between two that waited for each other; gives failures their form. */
export async function withRetries<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (failure) {
      if (attempt === attempts || !again.test(codeOf(failure))) throw serverFailure(failure)
    }
  }
}

const codeOf = (failure: unknown): string =>
  failure instanceof Error && 'code' in failure && typeof failure.code === 'string' ? failure.code : ''

/** `store.full` or `store.unavailable` for what a server or the way to it refused; anything else stays as it is. */
function serverFailure(failure: unknown): unknown {
  const code = codeOf(failure)
  if (failure instanceof DomainError || code === '') return failure
  if (/^(53100|ER_DISK_FULL|ER_RECORD_FILE_FULL)$/.test(code))
    return new DomainError('store.full', {}, { cause: failure })
  return new DomainError('store.unavailable', { reason: `${code} ${(failure as Error).message}` }, { cause: failure })
}
