/** What became of a message that was given to another server. A reason is in Chinese, for who sent it, and names no address. */
export type SendingOutcome =
  | { kind: 'sent' }
  /** Nothing went out, and it may be tried again; `isOfOne` where others may be sent meanwhile. */
  | { kind: 'later'; why: string; isOfOne?: true }
  /** It will never go to this address. */
  | { kind: 'refused'; why: string }
  /** It may have gone out; nobody can say. */
  | { kind: 'uncertain'; why: string }

export const sent: SendingOutcome = { kind: 'sent' }
export const later = (why: string): SendingOutcome => ({ kind: 'later', why })
export const laterForOne = (why: string): SendingOutcome => ({ kind: 'later', why, isOfOne: true })
export const refused = (why: string): SendingOutcome => ({ kind: 'refused', why })
export const uncertain = (why: string): SendingOutcome => ({ kind: 'uncertain', why })
