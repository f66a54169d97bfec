import { z } from 'zod'
import { requestChannel, requestNames } from '../../contract/contract.ts'

/** OpenAPI 3.1 of the contract, from the schemas that check the requests. */
export function openApiDocument(version: string): object {
  const paths = Object.fromEntries(
    requestNames.map((name) => {
      const { about, takes, gives, fails, bulk } = requestChannel(name)
      const answer = bulk ? withColumns(schemaOf(gives, 'output')) : schemaOf(gives, 'output')
      const operation = {
        operationId: name,
        summary: about,
        requestBody: content(schemaOf(takes, 'input')),
        responses: {
          200: {
            description: bulk ? 'The reply, with `columns`: name → numbers, null where undefined.' : 'The reply.',
            ...content(answer),
          },
          422: {
            description: `A designed failure: ${['request.invalid', ...fails].join(', ')}.`,
            ...content(failureSchema),
          },
          401: { description: 'No valid bearer token.' },
        },
      }
      return [`/api/${name}`, { post: operation }]
    }),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tickwright',
      version,
      description: 'The contract of the workstation over HTTP on the loopback interface.',
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
    paths,
  }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' })
}

/** Over HTTP the columns themselves stand where other hosts only get their names. */
function withColumns(schema: ReturnType<typeof schemaOf>): object {
  const columns = { type: 'object', additionalProperties: { type: 'array', items: { type: ['number', 'null'] } } }
  return {
    ...schema,
    properties: { ...schema.properties, columns },
    required: [...new Set([...(schema.required ?? []), 'columns'])],
  }
}

const failureSchema = {
  type: 'object',
  properties: { error: { type: 'object', properties: { code: { type: 'string' }, data: { type: 'object' } } } },
}

function content(schema: object) {
  return { content: { 'application/json': { schema } } }
}
