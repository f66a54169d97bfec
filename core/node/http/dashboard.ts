import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { contentSecurityPolicy } from '../page-policy.ts'

/** True for what anybody may read: the pages, which hold nothing of the user's. */
export function isPage(method: string, path: string): boolean {
  return (
    (method === 'GET' || method === 'HEAD') && (path === '/' || path === '/index.html' || path.startsWith('/assets/'))
  )
}

/** The window's own pages for a browser, from the built renderer in `folder`; false when it is not built. */
export async function serveDashboard(app: FastifyInstance, folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false
  await app.register(fastifyStatic, {
    root: folder,
    index: ['index.html'],
    dotfiles: 'deny',
    // Source maps stay on this machine
    allowedPath: (path) => !path.endsWith('.map'),
    setHeaders(reply, path) {
      reply.header('content-security-policy', contentSecurityPolicy)
      reply.header('referrer-policy', 'no-referrer')
      // Names of assets carry a hash of their content
      const isAsset = path.includes('assets')
      reply.header('cache-control', isAsset ? 'private, max-age=31536000, immutable' : 'no-store')
    },
  })
  return true
}
