import type { FilingTemplate } from '@zhibu/rules'

/** Behind which places one may stand: all others of the same files, those out of use included. */
export const orderChoices = (template: FilingTemplate, subject: 'person' | 'organization', code?: string) =>
  [...template[subject], ...template.outOfUse.filter((it) => it.subject === subject)]
    .filter((it) => it.code !== code)
    .map((it) => ({ value: it.code, label: `${it.number}　${it.label}` }))
