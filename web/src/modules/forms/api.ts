import { queryOptions } from '@tanstack/react-query'
import type { forms } from '@zhibu/server/modules/forms/routes'
import type {
  CopySheet,
  FileOrder,
  FilingOrder,
  FilingOutcome,
  FormScope,
  Preview,
  Template,
} from '@zhibu/server/modules/forms/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, request } from '../../api.ts'
import { saveAnswer } from '../../ui/saving.ts'

/** Forms at the server. */
export const formsClient = hc<typeof forms>('/api/forms', clientOptions)

/** Everything about forms in the cache lies under this key. */
export const formsKey = ['forms'] as const

/** All forms in the order of the steps. */
export const formsQuery = queryOptions({
  queryKey: [...formsKey, 'list'],
  queryFn: () => parseResponse(formsClient.index.$get()),
})

/** What templates may ask for, and the ways of writing it. */
export const dictionaryQuery = queryOptions({
  queryKey: [...formsKey, 'dictionary'],
  queryFn: () => parseResponse(formsClient.dictionary.$get()),
  staleTime: Number.POSITIVE_INFINITY,
})

/** What a form would say about these persons; with invented ones where there are none. */
export const previewQuery = (formId: string, personIds: readonly string[]) =>
  queryOptions({
    queryKey: [...formsKey, 'preview', formId, personIds],
    queryFn: async (): Promise<Preview> => {
      const json = { formId, ...(personIds.length > 0 && { personIds: [...personIds] }) }
      return (await formsClient.previews.$post({ json })).json()
    },
  })

/** One template of the university. */
export const templateQuery = (templateId: string) =>
  queryOptions({
    queryKey: [...formsKey, 'template', templateId],
    queryFn: async (): Promise<Template> =>
      (await formsClient.templates[':templateId'].$get({ param: { templateId } })).json(),
  })

/** The columns of a sheet about a person, to be copied. */
export const copyQuery = (personId: string, sheet: CopySheet) =>
  queryOptions({
    queryKey: [...formsKey, 'copy', personId, sheet],
    queryFn: () => parseResponse(formsClient.copies[':personId'].$get({ param: { personId }, query: { sheet } })),
  })

/** How far a making is; nothing where it has not begun or has ended. */
export const progressQuery = (progressId: string) =>
  queryOptions({
    queryKey: [...formsKey, 'progress', progressId],
    queryFn: () => parseResponse(formsClient.progress[':progressId'].$get({ param: { progressId } })),
    retry: false,
    refetchInterval: 700,
    gcTime: 0,
  })

/** Makes files and saves what comes: one file, or a zip. */
export async function makeFiles(order: FileOrder): Promise<void> {
  const response = await request('/api/forms/files', {
    method: 'POST',
    body: JSON.stringify(order),
    headers: { 'content-type': 'application/json', accept: '*/*' },
  })
  await saveAnswer(response)
}

/** Makes forms and files them; says what was filed, and of what was not why. */
export const fileForms = async (json: FilingOrder): Promise<FilingOutcome> =>
  parseResponse(formsClient.filings.$post({ json }))

/** What is said of a template when it is sent. */
interface NewTemplate {
  title: string
  scope: FormScope
  step: number | null
  place: string | null
  needsHand: boolean
}

/** Sends a Word template; returns the id of the new form. */
export async function uploadTemplate(file: File, { step, place, ...said }: NewTemplate): Promise<string> {
  const query = new URLSearchParams({
    name: file.name,
    title: said.title,
    scope: said.scope,
    needsHand: String(said.needsHand),
    ...(step !== null && { step: String(step) }),
    ...(place !== null && { place }),
  })
  const response = await request(`/api/forms/templates?${query}`, { method: 'POST', body: file })
  const { id }: { id: string } = await response.json()
  return id
}

/** Sends a newer file of a template. */
export async function replaceTemplate(templateId: string, file: File): Promise<void> {
  const query = new URLSearchParams({ name: file.name })
  await request(`/api/forms/templates/${templateId}/versions?${query}`, { method: 'POST', body: file })
}
