/** Many at once that only read, or one that moves things. */
export interface Turns {
  /** Waits for whoever moves things, never for others that read. */
  shared<Value>(work: () => Promise<Value>): Promise<Value>
  /** Alone, in the order of the calls. */
  exclusive<Value>(work: () => Promise<Value>): Promise<Value>
}

export function createTurns(): Turns {
  let turn: Promise<unknown> = Promise.resolve()
  let readers = 0
  let idle: (() => void)[] = []
  const untilIdle = () => (readers === 0 ? Promise.resolve() : new Promise<void>((done) => idle.push(done)))
  return {
    async shared(work) {
      for (let seen: unknown; seen !== turn; ) {
        seen = turn
        await turn
      }
      readers++
      try {
        return await work()
      } finally {
        if (--readers === 0) {
          for (const done of idle) done()
          idle = []
        }
      }
    },
    exclusive(work) {
      const mine = turn.then(untilIdle).then(work)
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
