import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as api from '../../core/engine/api.ts'
import { signalKinds } from '../../core/engine/signal-rules.ts'
import { resolveIndicator } from '../../core/indicators/indicator-names.ts'
import { runOptions } from '../../core/node/cli/verbs/backtest.ts'
import { findAnalyzer, findObserver } from '../../core/reports/analyzers/catalogue.ts'
import * as qtpylib from './qtpylib-names.ts'
import * as backtrader from './upstream-names.ts'

const root = join(import.meta.dirname, '..', '..')
const declarations = readFileSync(join(root, 'resources/api/tickwright.d.ts'), 'utf8')
const page = (name: string) => readFileSync(join(root, 'docs', name), 'utf8')

const functions = new Map<string, unknown>(Object.entries(api))
const functionOf = (name: string) => functions.get(name)

/** Names for which `ask` throws or finds nothing. */
const missing = (names: readonly string[], ask: (name: string) => unknown) =>
  names.filter((name) => {
    try {
      return ask(name) === undefined
    } catch {
      return true
    }
  })

const isMember = (name: string) => new RegExp(`^ {4}(readonly |get |set )?${name}[?(:]`, 'm').test(declarations)
const isNamedIn = (text: string) => (name: string) => new RegExp(`(?<![A-Za-z_])${name}(?![A-Za-z])`).test(text)
const words = (text: string) => text.split(' ')

/** Every class of a row, and what backtrader makes of an average besides. */
const classes = backtrader.backtraderIndicators
  .trim()
  .split('\n')
  .flatMap((row) => {
    const [ids = '', ...names] = row.split(' ')
    const derived = ids.includes('/')
      ? names.flatMap((name) => [`${name}Envelope`, `${name}Oscillator`, `${name}Osc`])
      : []
    return [...names, ...derived]
  })

describe('a backtrader user finds', () => {
  it('all 144 rows of indicators', () => {
    const rows = backtrader.backtraderIndicators.trim().split('\n')
    expect(rows.flatMap((row) => words(row)[0]?.split('/') ?? [])).toHaveLength(144)
  })

  it('each indicator class under each of its names', () => {
    const absent = missing(classes, (name) => resolveIndicator(`backtrader:${name}`))
    expect(absent).toEqual(Object.keys(backtrader.notInCatalogue))
  })

  it('what stands for the classes that are no indicator', () => {
    const called = Object.values(backtrader.notInCatalogue)
      .map((text) => text.split('; ').at(-1) ?? '')
      .filter((name) => /^\w+$/.test(name))
    expect(missing(called, functionOf)).toEqual([])
  })

  it('each line function', () => {
    expect(missing(Object.values(backtrader.lineFunctions), functionOf)).toEqual([])
  })

  it('each of 17 analyzers and of 15 observers with 3 other names', () => {
    expect([words(backtrader.analyzers).length, words(backtrader.observers).length]).toEqual([17, 18])
    expect(missing(words(backtrader.analyzers), findAnalyzer)).toEqual([])
    expect(missing(words(backtrader.observers), findObserver)).toEqual([])
  })

  it('each sizer', () => {
    expect(missing(Object.values(backtrader.sizers), functionOf)).toEqual([])
  })

  it('each filter, named on the page for them', () => {
    const kinds = [...new Set(Object.values(backtrader.filters))]
    expect(kinds.filter((kind) => !page('from-backtrader.md').includes(`\`${kind}\``))).toEqual([])
    expect(Object.keys(backtrader.filters).filter((name) => !isNamedIn(page('from-backtrader.md'))(name))).toEqual([])
  })

  it('each of 14 signals', () => {
    const kinds = words(backtrader.signals).map((name) =>
      name
        .toLowerCase()
        .replace('longshort', 'long-short')
        .replace('exit', '-exit')
        .replace('_inv', '-inverted')
        .replace('_any', '-any'),
    )
    expect(kinds).toEqual([...signalKinds])
  })

  it('each execution type and each option of btrun', () => {
    expect(Object.values(backtrader.executionTypes).filter((name) => !isMember(name))).toEqual([])
    expect(Object.values(backtrader.btrunOptions).filter((name) => !(name in runOptions))).toEqual([])
    const all = [...Object.keys(backtrader.btrunOptions), ...words(backtrader.btrunOthers)]
    expect(all).toHaveLength(32)
    expect(all.filter((name) => !isNamedIn(page('from-backtrader.md'))(`--${name}`))).toEqual([])
  })
})

describe('a qtpylib user finds', () => {
  it('each of its indicators', () => {
    expect(missing(words(backtrader.qtpylibIndicators), (name) => resolveIndicator(`qtpylib:${name}`))).toEqual([])
  })

  it('each callback, and each member of Instrument or what to do instead', () => {
    expect(Object.values(qtpylib.callbacks).filter((name) => !isMember(name))).toEqual([])
    expect(Object.values(qtpylib.instrumentMembers).filter((name) => !isMember(name))).toEqual([])
    const others = words(qtpylib.instrumentOthers)
    expect(Object.keys(qtpylib.instrumentMembers).length + others.length).toBe(39 + 22)
    expect(others.filter((name) => !isNamedIn(page('from-qtpylib.md'))(name))).toEqual([])
  })

  it('each keyword of an order and each parameter of Algo', () => {
    expect(Object.values(qtpylib.orderKeywords).filter((name) => !isMember(name))).toEqual([])
    const named = [
      ...Object.keys(qtpylib.orderKeywords),
      ...words(qtpylib.orderKeywordsOthers),
      ...words(qtpylib.algoParams),
    ]
    expect(words(qtpylib.algoParams)).toHaveLength(18)
    expect(named.filter((name) => !isNamedIn(page('from-qtpylib.md'))(name))).toEqual([])
  })
})
