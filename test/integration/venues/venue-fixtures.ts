/** A clock that runs `speed` times as fast as the machine's, from now. */
export function fastClock(speed: number): { now(): number } {
  const start = Date.now()
  return { now: () => start + (Date.now() - start) * speed }
}

export async function collect<Item>(items: AsyncIterable<Item> | Iterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Waits until the condition holds; fails after 20 s. */
export async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !holds(); ) {
    if (Date.now() > end) throw new Error('what was waited for did not come in 20 s')
    await new Promise((done) => setTimeout(done, 10))
  }
}
