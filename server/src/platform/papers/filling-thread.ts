import { answerInThread } from '../threads.ts'
import { type Made, makeEach } from './made.ts'
import type { Values } from './tags.ts'
import type { TemplateField } from './word-scan.ts'
import { type Bindings, fillTemplate, inspectTemplate } from './word-template.ts'

/** What the filling thread is asked: to look a template over and keep it, then to fill it, as often as wanted. */
export type FillingQuestion =
  | { kind: 'open'; template: Uint8Array }
  | { kind: 'fill'; all: readonly Values[]; bindings: Bindings }

/** The fields of the template, or filled copies. */
export type FillingAnswer = { fields: TemplateField[] } | { made: Made[] }

/** This module, to be run in a thread. */
export const fillingThread = import.meta.url

let opened: Uint8Array | undefined

answerInThread(fillingThread, async (question: FillingQuestion): Promise<FillingAnswer> => {
  if (question.kind === 'open') {
    const fields = inspectTemplate(question.template)
    opened = question.template
    return { fields }
  }
  const template = opened
  if (template === undefined) throw new Error('No template has been opened')
  const { all, bindings } = question
  return { made: await makeEach(all, (values) => fillTemplate(template, values, bindings)) }
})
