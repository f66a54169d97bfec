/**
 * The names of all requests, without their schemas: a sandboxed preload exposes one method per name and must stay small.
 * A test proves that this list and `channels` name the same requests.
 */
export const requestNameList = [
  'app.info',
  'settings.get',
  'settings.set',
  'instrument.list',
  'instrument.update',
  'instrument.delete',
  'bars.read',
  'indicator.list',
  'indicator.compute',
  'import.inspect',
  'import.start',
  'import.result',
  'job.list',
  'job.cancel',
  'strategy.list',
  'strategy.read',
  'strategy.save',
  'strategy.create',
  'strategy.rename',
  'strategy.delete',
  'strategy.check',
  'strategy.api',
  'backtest.start',
  'run.list',
  'run.get',
  'run.equity',
  'run.trades',
  'run.orders',
  'run.fills',
  'run.compare',
  'run.verify',
  'run.verification',
  'run.annotate',
  'run.delete',
  'optimise.plan',
  'optimise.start',
  'optimise.resume',
  'optimise.list',
  'optimise.get',
  'optimise.trials',
  'optimise.walk',
  'optimise.openRun',
  'optimise.delete',
  'analyzer.list',
  'run.analyzers',
  'run.observer',
  'metric.list',
] as const

/** `backtest.start` → `backtestStart`: the preload's method for a request. */
export function methodName(request: string): string {
  return request.replace(/[.-]([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
