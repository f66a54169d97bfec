import type { IndicatorDefinition, IndicatorInput, Kernel, KernelColumns } from './definition.ts'
import { defineIndicator } from './definition.ts'

export interface OperatorSpec {
  readonly id: string
  /** How many lines it takes. */
  readonly inputs: number
  readonly formula: string
  readonly kernel: (columns: KernelColumns) => Kernel
}

/** An operator without parameters, as an indicator definition. */
export function lineOperator({ id, inputs, formula, kernel }: OperatorSpec): IndicatorDefinition {
  return defineIndicator<Record<string, never>>({
    ...operatorShape(id, formula),
    inputs: new Array<IndicatorInput>(inputs).fill('line'),
    params: {},
    outputs: { value: { warmup: () => 0 } },
    create: kernel,
  })
}

/** What all operators share; nobody picks one from a list, so the title is the name itself. */
export function operatorShape(id: string, formula: string) {
  return { id, title: { en: id, zh: id }, group: 'operator', pane: 'own', formula, source: '01 section 6.7' } as const
}
