/** Text that cannot become markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

/** JSON for a script element: nothing in it can close the element. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

/** Class of a signed figure. */
export function tone(value: number | null | undefined): string {
  return value === null || value === undefined || value === 0 ? '' : value > 0 ? 'profit' : 'loss'
}

/** A table with its head; cells are markup, escaped by whoever writes them. */
export function table(head: readonly string[], rows: readonly string[]): string {
  const titles = head.map((title) => `<th>${escaped(title)}</th>`).join('')
  return `<div class="scroll"><table><thead><tr>${titles}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

export function row(cells: readonly (string | { readonly text: string; readonly look: string })[]): string {
  const parts = cells.map((cell) =>
    typeof cell === 'string' ? `<td>${escaped(cell)}</td>` : `<td class="${cell.look}">${escaped(cell.text)}</td>`,
  )
  return `<tr>${parts.join('')}</tr>`
}
