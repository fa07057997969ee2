import { Refusal } from '../refusal.ts'
import { startThread } from '../threads.ts'
import { type FillingAnswer, type FillingQuestion, fillingThread } from './filling-thread.ts'
import type { Maker } from './made.ts'
import type { Values } from './tags.ts'
import type { TemplateField } from './word-scan.ts'
import { type Bindings, notSound } from './word-template.ts'

/** A template that is open in a thread of its own: its fields, and filled copies of it. */
export interface OpenTemplate extends Maker<Values> {
  fields: readonly TemplateField[]
}

/**
 * Opens a Word template that somebody has uploaded. Refuses, as `inspectTemplate` does, what cannot be used; what takes too
 * long or too much memory is refused, too, and only its thread ends by it.
 */
export async function openTemplate(template: Uint8Array, bindings: Bindings = {}): Promise<OpenTemplate> {
  // What is no zip needs no thread.
  if (template[0] !== 0x50 || template[1] !== 0x4b) throw notSound()
  const thread = startThread<FillingQuestion, FillingAnswer>(fillingThread, {
    memoryMiB: 384,
    timeoutMs: 20_000,
    tooMuch: new Refusal('unreadable', '模板过大或过于复杂，没有采用。请只保留一份表格，另存为新的 .docx 后再试。'),
  })
  const opened = await thread.ask({ kind: 'open', template })
  return {
    fields: 'fields' in opened ? opened.fields : [],
    close: thread.close,
    async make(all) {
      const answer = await thread.ask({ kind: 'fill', all, bindings })
      if ('made' in answer) return answer.made
      throw new Error('The template was opened where it was to be filled')
    },
  }
}
