import { extname, join, normalize, sep } from 'node:path'

/** The page's own scheme and host: `app://tickwright/…`. */
export const scheme = 'app'
export const host = 'tickwright'

/** Hosts that a link of ours may open in the user's browser. */
const externalHosts: readonly string[] = ['www.tradingview.com', 'tradingview.com', 'github.com']

/** The file an address of ours stands for, undefined when it points outside `root` or to another host. */
export function fileOf(address: string, root: string): string | undefined {
  let url: URL
  let path: string
  try {
    url = new URL(address)
    path = decodeURIComponent(url.pathname)
  } catch {
    return undefined
  }
  if (url.protocol !== `${scheme}:` || url.host !== host || path.includes('\0') || path.includes('\\')) return undefined
  const file = normalize(join(root, path === '/' ? '/index.html' : path))
  return file.startsWith(root + sep) ? file : undefined
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
}

/** With `nosniff` the page gets only what is named here; anything else is bytes to it. */
export function contentType(file: string): string {
  return types[extname(file)] ?? 'application/octet-stream'
}

/** https to an allow-listed host, without credentials or port. */
export function isAllowedExternal(address: string): boolean {
  try {
    const url = new URL(address)
    return url.protocol === 'https:' && url.username === '' && url.port === '' && externalHosts.includes(url.host)
  } catch {
    return false
  }
}
