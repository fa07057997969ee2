import { answerInThread } from '../threads.ts'
import type { Values } from './tags.ts'
import type { TemplateField } from './word-scan.ts'
import { type Bindings, fillTemplate, inspectTemplate } from './word-template.ts'

/** What the filling thread is asked: to look a template over and keep it, then to fill it, as often as wanted. */
export type FillingQuestion =
  | { kind: 'open'; template: Uint8Array }
  | { kind: 'fill'; values: Values; bindings: Bindings }

/** The fields of the template, or a filled copy. */
export type FillingAnswer = { fields: TemplateField[] } | { file: Uint8Array }

/** This module, to be run in a thread. */
export const fillingThread = import.meta.url

let opened: Uint8Array | undefined

answerInThread(fillingThread, async (question: FillingQuestion): Promise<FillingAnswer> => {
  if (question.kind === 'open') {
    const fields = inspectTemplate(question.template)
    opened = question.template
    return { fields }
  }
  if (opened === undefined) throw new Error('No template has been opened')
  return { file: fillTemplate(opened, question.values, question.bindings) }
})
