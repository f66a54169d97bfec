/** Words that a picture of a chart carries, so that it can be read without the window. */
export interface PictureWords {
  readonly title: string
  /** Lines below the title: figures of the last bar, indicators. */
  readonly lines: readonly string[]
  readonly footnote: string
  /** Without folder and ending. */
  readonly fileName: string
}

interface PictureStyle {
  readonly background: string
  readonly text: string
  readonly muted: string
  readonly font: string
}

const lineHeight = 18

/** The chart with its words above and below, ready to be saved. */
export function composePicture(chart: HTMLCanvasElement, words: PictureWords, style: PictureStyle): HTMLCanvasElement {
  const scale = window.devicePixelRatio
  const head = (lineHeight * (words.lines.length + 1) + 14) * scale
  const foot = 24 * scale
  const canvas = document.createElement('canvas')
  canvas.width = chart.width
  canvas.height = chart.height + head + foot
  const context = canvas.getContext('2d')
  if (context === null) return chart
  context.fillStyle = style.background
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(chart, 0, head)
  context.scale(scale, scale)
  context.textBaseline = 'middle'
  context.fillStyle = style.text
  context.font = `600 14px ${style.font}`
  context.fillText(words.title, 10, 17)
  context.font = `12px ${style.font}`
  words.lines.forEach((line, index) => {
    context.fillText(line, 10, 17 + lineHeight * (index + 1))
  })
  context.fillStyle = style.muted
  context.font = `11px ${style.font}`
  context.fillText(words.footnote, 10, canvas.height / scale - 12)
  return canvas
}

/** Offers a canvas as a PNG file. */
export function savePicture(canvas: HTMLCanvasElement, fileName: string): void {
  canvas.toBlob((blob) => {
    if (blob === null) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = `${fileName}.png`
    link.click()
    // The download reads the picture after this moment.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }, 'image/png')
}
