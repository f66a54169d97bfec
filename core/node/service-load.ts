/** What the service takes of the machine. */
export interface ServiceLoad {
  /** Share of one core since the last look, ratio; above 1 with several threads at work. */
  readonly cpu: number
  readonly memoryBytes: number
}

const lookMs = 2_000

/** Looks every two seconds, until the returned function is called. */
export function watchLoad(tell: (load: ServiceLoad) => void): () => void {
  let before = process.cpuUsage()
  let at = performance.now()
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before)
    const now = performance.now()
    tell({ cpu: (user + system) / 1000 / (now - at), memoryBytes: process.memoryUsage.rss() })
    before = process.cpuUsage()
    at = now
  }, lookMs)
  timer.unref()
  return () => clearInterval(timer)
}
