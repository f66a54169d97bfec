import { DomainError } from '../../domain/errors.ts'
import type { AnalyzedRun } from './analyzed-run.ts'
import type { Analysis, AnalyzerDefinition, AnalyzerParamValues, ObserverDefinition } from './definition.ts'
import { calmar, drawDown, timeDrawDown } from './drawdowns.ts'
import { observerCatalogue } from './observers.ts'
import { completeAnalyzerParams } from './params.ts'
import { grossLeverage, positionsValue, pyfolio, transactions } from './positions.ts'
import { sharpe, sharpeAnnual, vwr } from './ratios.ts'
import { annualReturn, logReturnsRolling, periodStats, returns, timeReturn } from './returns.ts'
import { sqn, tradeAnalyzer } from './round-trips.ts'

/** Every analyzer of the reference (01 section 9). */
export const analyzerCatalogue: readonly AnalyzerDefinition[] = [
  ...[annualReturn, calmar, drawDown, timeDrawDown, grossLeverage, logReturnsRolling, timeReturn, periodStats],
  ...[positionsValue, pyfolio, returns, sharpe, sharpeAnnual, sqn, tradeAnalyzer, transactions, vwr],
]

/** By id or by upstream's name; throws `analyzer.unknown`. */
function find<Definition extends Pick<AnalyzerDefinition, 'id' | 'aliases'>>(
  catalogue: readonly Definition[],
  name: string,
): Definition {
  const found = catalogue.find(({ id, aliases }) => id === name || aliases.backtrader.includes(name))
  if (found === undefined) throw new DomainError('analyzer.unknown', { analyzer: name })
  return found
}

/** An analyzer by id or by upstream's name; throws `analyzer.unknown`. */
export function findAnalyzer(name: string): AnalyzerDefinition {
  return find(analyzerCatalogue, name)
}

/** An observer likewise. */
export function findObserver(name: string): ObserverDefinition {
  return find(observerCatalogue, name)
}

/**
 * What an analyzer says about a run. Throws `analyzer.unknown`, `param.unknown`, `param.invalid`, and `analyzer.bars` when
 * it needs the prices of an instrument whose bars are not at hand.
 */
export function analyze(run: AnalyzedRun, analyzer: string, params: AnalyzerParamValues = {}): Analysis {
  const definition = findAnalyzer(analyzer)
  return definition.compute(run, completeAnalyzerParams(definition, params))
}

/** The lines of an observer, one value per row of the run; throws as `analyze` does. */
export function observe(
  run: AnalyzedRun,
  observer: string,
  params: AnalyzerParamValues = {},
): Readonly<Record<string, Float64Array>> {
  const definition = findObserver(observer)
  return definition.compute(run, completeAnalyzerParams(definition, params))
}
