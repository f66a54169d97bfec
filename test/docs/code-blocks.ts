/** One fenced block of a document. */
export interface CodeBlock {
  /** Document and line of the fence, e.g. `README.md:40`. */
  readonly place: string
  readonly language: string
  /** What follows the language: instruments (`SPX`, `SIM-AAA SIM-BBB`), or `fragment: reason`. */
  readonly info: string
  readonly text: string
}

/** The fenced blocks of a Markdown text, in order. Throws for one that is never closed. */
export function codeBlocks(name: string, markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: { line: number; language: string; info: string; rows: string[] } | undefined
  for (const [index, row] of markdown.split('\n').entries()) {
    const fence = /^```(\S*)\s*(.*)$/.exec(row)
    if (open === undefined) {
      if (fence !== null) open = { line: index + 1, language: fence[1] ?? '', info: fence[2] ?? '', rows: [] }
    } else if (row === '```') {
      const { line, language, info, rows } = open
      blocks.push({ place: `${name}:${line}`, language, info, text: `${rows.join('\n')}\n` })
      open = undefined
    } else open.rows.push(row)
  }
  if (open !== undefined) throw new Error(`${name}:${open.line}: the code block is not closed`)
  return blocks
}

/** Targets of the links and images of a Markdown text that lie in the repository, without their anchors. */
export function localLinks(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '')
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '')
  return targets.filter((target) => !/^(https?:|#)/.test(target)).map((target) => target.replace(/#.*$/, ''))
}
