// @vitest-environment happy-dom
import { act, useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { heldOrder } from '../../../renderer/ui/held-rows.ts'
import { type Column, Table } from '../../../renderer/ui/table.tsx'
import { find, render, resetWindow } from '../../helpers/render.tsx'

beforeEach(() => {
  resetWindow()
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { value: 220, configurable: true })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { value: 400, configurable: true })
})

describe('rows that come by themselves', () => {
  const shown = () => [...document.querySelectorAll('[data-position]')].map((row) => row.textContent)
  let show: (ids: readonly number[]) => void
  const Orders = () => {
    const [ids, setIds] = useState<readonly number[]>([2, 1])
    show = setIds
    const columns: Column[] = [{ id: 'id', title: 'Id', width: 80, text: (row) => `order ${ids[row]}` }]
    return <Table label="Orders" rows={ids.length} columns={columns} rowKey={(row) => ids[row] as number} />
  }
  const point = (kind: 'pointerover' | 'pointerout') =>
    act(async () => {
      find('.tw-table-body').dispatchEvent(new PointerEvent(kind, { bubbles: true, relatedTarget: document.body }))
    })

  it('push nothing from under the pointer, and take their places when it leaves', async () => {
    await render(<Orders />)
    await point('pointerover')
    const target = [...document.querySelectorAll('[data-position]')].find((row) => row.textContent === 'order 2')
    await act(async () => show([3, 2, 1]))
    expect(shown()).toEqual(['order 2', 'order 1', 'order 3'])
    expect(target?.isConnected, 'the row is still the same element').toBe(true)
    expect(target?.textContent).toBe('order 2')
    await point('pointerout')
    expect(shown()).toEqual(['order 3', 'order 2', 'order 1'])
  })

  it('leave no row of another when one has gone', () => {
    const ids = [5, 4, 2]
    expect([...heldOrder(Int32Array.of(0, 1, 2), (row) => ids[row] as number, [4, 3, 2])]).toEqual([1, 2, 0])
  })
})
