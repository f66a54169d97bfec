import { expect, test } from 'vitest'
import { verbNames } from '../../../core/node/cli/verb-names.ts'
import { verbs } from '../../../core/node/cli/verbs.ts'

test('an installed app knows every verb of the terminal before it loads the terminal', () => {
  expect([...verbNames].filter((name) => name !== 'help').sort()).toEqual(verbs.map(({ name }) => name).sort())
})
