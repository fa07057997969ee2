import { type Day, isDay } from '@zhibu/rules'
import type { MediaDescription, MediaView, PersonsShown } from '@zhibu/server/modules/media/schema'

/** What is asked once of all that was just brought in; the words for those who do not see a picture are asked of each. */
export interface Said {
  altTexts: Readonly<Record<string, string>>
  credit: string
  showsPersons: PersonsShown | null
  consentNote: string
  consentOn: Day | undefined
}

export const nothingSaid: Said = { altTexts: {}, credit: '', showsPersons: null, consentNote: '', consentOn: undefined }

/** What was said of items before, to begin with. */
export const saidOf = ({ id, altText, credit, showsPersons, consentNote, consentOn }: MediaView): Said => ({
  altTexts: { [id]: altText },
  credit,
  showsPersons,
  consentNote: consentNote ?? '',
  consentOn: consentOn !== null && isDay(consentOn) ? consentOn : undefined,
})

/** Whether anybody may be recognised in it, so that it is asked whether they agree. */
export const mayShowPersons = ({ kind }: Pick<MediaView, 'kind'>): boolean => kind !== 'attachment'

/** What is still to be answered, by its label. */
export function needsOf(
  { showsPersons, consentNote, consentOn }: Said,
  items: readonly MediaView[],
): Record<string, boolean> {
  return {
    出镜的人是否同意: showsPersons !== null || !items.some(mayShowPersons),
    ...(showsPersons === 'consented' && { 怎样同意的: consentNote.trim() !== '', 哪天同意的: consentOn !== undefined }),
  }
}

/** What is said of one item. */
export function descriptionOf(said: Said, it: MediaView): MediaDescription {
  const isConsented = mayShowPersons(it) && said.showsPersons === 'consented'
  return {
    altText: said.altTexts[it.id] ?? '',
    credit: said.credit,
    showsPersons: mayShowPersons(it) ? (said.showsPersons ?? 'unknown') : 'nobody',
    consentNote: isConsented ? said.consentNote : null,
    consentOn: isConsented ? (said.consentOn ?? null) : null,
  }
}
