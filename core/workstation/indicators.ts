import type { Gives, Handlers } from '../contract/contract.ts'
import { withLocalTime } from '../data/local-time.ts'
import type { PriceSource } from '../domain/price-source.ts'
import { indicatorCatalogue } from '../indicators/catalogue.ts'
import { computeIndicator, type IndicatorResult } from '../indicators/compute.ts'
import type { IndicatorDefinition, IndicatorParam, IndicatorParams } from '../indicators/definition.ts'
import type { BarColumns } from '../indicators/graph.ts'
import { aliasesOf, resolveIndicator } from '../indicators/indicator-names.ts'
import { sourceLines } from '../indicators/sources.ts'
import type { BarService } from './bars.ts'
import type { ParamSpec } from './ports.ts'

type CatalogueEntry = Gives<'indicator.list'>['indicators'][number]

export function indicatorHandlers(bars: BarService): Pick<Handlers, 'indicator.list' | 'indicator.compute'> {
  return {
    'indicator.list': () => ({ indicators: indicatorCatalogue.map(catalogueEntry) }),
    'indicator.compute': async ({ id, params, sources, ...wanted }) => {
      const used = await bars.read(wanted)
      const { warmup, lines, shifts } = computeOver(id, params, withLocalTime(used.bars, used.record.zone), sources)
      return {
        reply: { warmup, outputs: Object.keys(lines), shifts: [...shifts] },
        columns: { time: used.bars.time, ...lines },
      }
    },
  }
}

/** One indicator over bars, reading the named series where it takes any; throws as `computeIndicator`. */
export function computeOver(
  id: string,
  params: IndicatorParams,
  bars: BarColumns,
  sources: readonly PriceSource[],
): IndicatorResult {
  const { definition } = resolveIndicator(id)
  return computeIndicator(id, params, { ...bars, lines: sourceLines(definition, sources, bars) })
}

/** An entry of the catalogue in the contract's shape. */
export function catalogueEntry(definition: IndicatorDefinition): CatalogueEntry {
  const { id, title, group, inputs, sources, params, outputs, guides, pane, formula, source } = definition
  return {
    id,
    title: { ...title },
    group,
    inputs: [...inputs],
    sources: [...sources],
    params: params.map(paramSpec),
    outputs: outputs.map(({ name, draw }) => ({ name, draw: draw === 'points' ? 'dots' : draw })),
    guides: [...guides],
    pane,
    formula,
    source,
    aliases: Object.fromEntries(Object.entries(aliasesOf(definition)).map(([system, names]) => [system, [...names]])),
  }
}

function paramSpec(param: IndicatorParam): ParamSpec {
  const common = {
    name: param.name,
    default: param.default,
    group: '',
    help: '',
    choices: [],
    min: null,
    max: null,
    step: null,
  }
  switch (param.kind) {
    case 'integer':
      return { ...common, kind: 'int', min: param.min, max: param.max, step: param.step }
    case 'number':
      return { ...common, kind: 'float', min: param.min, max: param.max, step: param.step }
    case 'choice':
      return { ...common, kind: 'choice', choices: [...param.choices] }
    case 'flag':
      return { ...common, kind: 'bool' }
  }
}
