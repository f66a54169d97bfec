import { resolve } from 'node:path'
import type { Takes } from '../../../contract/contract.ts'
import { callService } from '../../call-service.ts'
import { cell, textTable } from '../output.ts'
import { terminalLanguage } from '../sentences.ts'
import { exitCode, number, positional, text, UsageError, type Verb } from '../verb.ts'

const formats = ['html', 'pdf', 'csv', 'json'] as const

export const reportVerb: Verb = {
  name: 'report',
  words: 1,
  usage:
    'report RUN [--format html|pdf|csv|json --out FILE] [--benchmark INSTRUMENT] [--risk-free R] [--periods-per-year 252] [--language en|zh]',
  about: 'The tear sheet of a run: shown here, or written as HTML, PDF, CSV tables or JSON.',
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    benchmark: { type: 'string' },
    'risk-free': { type: 'string' },
    'periods-per-year': { type: 'string' },
    language: { type: 'string' },
  },
  async run(context) {
    const { output, values } = context
    const run = positional(context, 0, 'RUN')
    const out = text(values, 'out')
    const options: Takes<'run.report'> = {
      run,
      benchmark: text(values, 'benchmark') ?? null,
      riskFree: number(values, 'risk-free') ?? 0,
      periodsPerYear: number(values, 'periods-per-year') ?? 252,
    }
    if (out === undefined && text(values, 'format') !== undefined) throw new UsageError('--out is missing: a file name')
    if (out === undefined) {
      const sheet = await callService(await context.service(), 'run.report', options)
      output.answer(sheet, () => summary(sheet))
      return exitCode.done
    }
    const language = languageOf(text(values, 'language'))
    const request = { ...options, format: formatOf(text(values, 'format'), out), language, path: resolve(out) }
    const { path, mediaType, bytes } = await callService(await context.service(), 'run.export', request)
    output.answer({ run, format: request.format, path, mediaType, bytes }, () => `${path} (${bytes} bytes)`)
    return exitCode.done
  },
}

type Sheet = Awaited<ReturnType<typeof callService<'run.report'>>>

/** The sheet for people: findings, and the metrics that are defined. */
function summary({ metrics, findings, run, sides }: Sheet): string {
  const language = terminalLanguage(process.env)
  const defined = Object.entries(metrics).filter(([, value]) => value !== null)
  const figures = textTable(
    ['metric', 'value'],
    defined.map(([id, value]) => [id, Number.isInteger(value) ? String(value) : cell(value, 4)]),
  )
  const groups = textTable(
    ['side', 'trades', 'win rate', 'net', 'profit factor'],
    sides.map(({ key, trades, winRate, net, profitFactor }) => [
      ...[key, String(trades), cell(winRate === null ? null : winRate * 100), cell(net), cell(profitFactor)],
    ]),
  )
  const said = findings.map(({ tone, text: sentence }) => `${tone === 'warn' ? '!' : ' '} ${sentence[language]}`)
  return [`${run.strategy} ${run.id}`, ...said, '', figures, '', groups].join('\n')
}

/** The format that was asked for, else the one that the file's name ends in. */
function formatOf(asked: string | undefined, out: string): (typeof formats)[number] {
  const named = asked ?? (/\.(zip|csv)$/i.test(out) ? 'csv' : /\.([a-z]+)$/i.exec(out)?.[1]?.toLowerCase())
  const found = formats.find((format) => format === named)
  if (found === undefined) throw new UsageError(`--format is html, pdf, csv or json, was “${named ?? ''}”`)
  return found
}

function languageOf(asked: string | undefined): 'en' | 'zh' {
  const language = asked ?? terminalLanguage(process.env)
  if (language !== 'en' && language !== 'zh') throw new UsageError(`--language is en or zh, was “${language}”`)
  return language
}
