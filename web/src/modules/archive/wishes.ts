import type { NewReception, ReceptionCheck } from '@zhibu/server/modules/archive/reception-schema'

type Item = ReceptionCheck['items'][number]
type Candidate = ReceptionCheck['candidates'][number]
type Wish = NewReception['items'][number]

/** What was chosen of some documents, by number; what is not named goes to the place of the same name. */
export type Wishes = Readonly<Record<number, { place: string } | { leftOut: string }>>

/** What lies in the file of the chosen person or organisation already. */
export const presentIn = (receiver: Candidate | undefined, { number }: Item) =>
  receiver?.present.find((it) => it.number === number)

/** Whether a document may go to a place of the filing list. */
export const fits = ({ kind }: Item, { contents }: ReceptionCheck['places'][number]): boolean =>
  kind !== null && contents.includes(kind)

/** What is to become of a document; nothing where that is still to be said. */
export function wishFor(item: Item, wishes: Wishes, receiver: Candidate | undefined): Wish | undefined {
  const { number, placeHere, refused } = item
  const wish = wishes[number]
  if (wish !== undefined && 'leftOut' in wish)
    return wish.leftOut.trim().length < 2 ? undefined : { number, leftOut: wish.leftOut.trim() }
  if (refused !== null) return undefined
  const place = wish?.place ?? placeHere
  if (place !== null) return { number, place }
  // What lies there already is not filed again, wherever it would go.
  return presentIn(receiver, item) ? { number, leftOut: '档案中已有相同内容' } : undefined
}

/** The same of all documents, as it is sent. */
export const wishesOf = ({ items }: ReceptionCheck, wishes: Wishes, receiver: Candidate | undefined): Wish[] =>
  items.flatMap((it) => wishFor(it, wishes, receiver) ?? [])

/** The wish that nothing is received, for one reason. */
export const refusalOf = ({ items }: ReceptionCheck, leftOut: string): Wish[] =>
  items.map(({ number }) => ({ number, leftOut }))
