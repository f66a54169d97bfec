// @vitest-environment happy-dom
import { useState } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NumberField, parseNumber } from '../../../renderer/ui/number-field.tsx'
import { find, press, render, resetWindow, type } from '../../helpers/render.tsx'

beforeEach(resetWindow)

describe('a number field', () => {
  it.each([
    ['1,000,000', 1_000_000],
    ['−3.5', -3.5],
    ['1e6', 1_000_000],
    ['.5', 0.5],
    ['', Number.NaN],
    ['12 apples', Number.NaN],
    ['1.2.3', Number.NaN],
  ])('reads %j as %d', (text, value) => {
    expect(parseNumber(text)).toBe(value)
  })

  it('steps with the arrow keys, ten steps with Shift, and stops at its limits', async () => {
    const seen = vi.fn()
    function Form() {
      const [value, setValue] = useState(0.1)
      const change = (next: number) => {
        seen(next)
        setValue(next)
      }
      return <NumberField label="Fast" value={value} step={0.1} min={0} max={2} onChange={change} />
    }
    await render(<Form />)
    const input = find('input')
    await press(input, 'ArrowUp')
    await press(input, 'ArrowUp')
    await press(input, 'ArrowUp', { shiftKey: true })
    await press(input, 'ArrowUp', { shiftKey: true })
    expect(seen.mock.calls.map(([value]) => value)).toEqual([0.2, 0.3, 1.3, 2])
  })

  it('says undefined, not zero, while the text is no number', async () => {
    const seen = vi.fn()
    await render(<NumberField label="Cash" value={5} integer onChange={seen} />)
    await type(find('input'), '5.5')
    await type(find('input'), 'abc')
    expect(seen.mock.calls.map(([value]) => value)).toEqual([Number.NaN, Number.NaN])
  })

  it('groups thousands when asked, and reads what was typed without them', async () => {
    const seen = vi.fn()
    function Form() {
      const [value, setValue] = useState(1_000_000)
      const change = (next: number) => {
        seen(next)
        setValue(next)
      }
      return <NumberField label="Cash" value={value} grouped step={1000} onChange={change} />
    }
    await render(<Form />)
    const input = find('input') as HTMLInputElement
    expect(input.value).toBe('1,000,000')
    await type(input, '2500000.5')
    expect(input.value).toBe('2500000.5')
    await press(input, 'ArrowUp')
    expect(input.value).toBe('2,501,000.5')
    expect(seen.mock.calls.map(([value]) => value)).toEqual([2_500_000.5, 2_501_000.5])
  })
})
