// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Column, Table } from '../../../renderer/ui/table.tsx'
import { click, find, press, render, resetWindow } from '../../helpers/render.tsx'

const columns: Column[] = [
  { id: 'name', title: 'Name', width: 100, text: (row) => `row ${row}`, value: (row) => `row ${row}` },
  { id: 'pnl', title: 'P&L', width: 80, align: 'right', text: (row) => String(-row), value: (row) => -row },
]

const copied = vi.fn<(text: string) => Promise<void>>()

beforeEach(() => {
  resetWindow()
  copied.mockReset()
  copied.mockResolvedValue()
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: copied }, configurable: true })
  // happy-dom has no layout: the virtual rows need a height to fill.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { value: 220, configurable: true })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { value: 400, configurable: true })
})

describe('a table of 100 000 rows', () => {
  it('draws only what is visible and tells a screen reader how many there are', async () => {
    await render(<Table label="Trades" rows={100_000} columns={columns} />)
    const grid = find('[role=grid]')
    expect(grid.getAttribute('aria-rowcount')).toBe('100001')
    const drawn = grid.querySelectorAll('[data-position]').length
    expect(drawn).toBeGreaterThan(5)
    expect(drawn).toBeLessThan(60)
  })

  it('selects by arrow keys, opens with Enter, extends with Shift and copies what is selected', async () => {
    const onSelect = vi.fn()
    const onOpen = vi.fn()
    await render(<Table label="Trades" rows={100_000} columns={columns} onSelect={onSelect} onOpen={onOpen} />)
    const grid = find('[role=grid]')
    await press(grid, 'ArrowDown')
    await press(grid, 'ArrowDown')
    expect(onSelect.mock.calls.map(([row]) => row)).toEqual([0, 1])
    await press(grid, 'Enter')
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(1)
    await press(grid, 'ArrowDown', { shiftKey: true })
    await press(grid, 'c', { ctrlKey: true })
    expect(copied).toHaveBeenCalledExactlyOnceWith('Name\tP&L\nrow 1\t-1\nrow 2\t-2')
    expect(grid.getAttribute('aria-activedescendant')).toBe(find('.is-active').id)
  })

  it('sorts by its header, and opens the row that then stands there', async () => {
    const onOpen = vi.fn()
    await render(<Table label="Trades" rows={1000} columns={columns} onOpen={onOpen} />)
    await click(find('[data-column=pnl]'))
    expect(find('[role=columnheader][aria-sort=ascending]').textContent).toBe('P&L')
    await press(find('[role=grid]'), 'Home')
    await press(find('[role=grid]'), 'Enter')
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(999)
  })

  it('hands other keys to the panel with the active row, and shows what to do when it is empty', async () => {
    const onKey = vi.fn()
    await render(<Table label="Data" rows={3} columns={columns} onKey={(event, row) => onKey(event.key, row)} />)
    await press(find('[role=grid]'), 'ArrowDown')
    await press(find('[role=grid]'), 'Delete')
    expect(onKey).toHaveBeenCalledExactlyOnceWith('Delete', 0)
    resetWindow()
    await render(<Table label="Data" rows={0} columns={columns} empty={<p>Import a file</p>} />)
    expect(find('[role=grid]').textContent).toContain('Import a file')
  })
})
