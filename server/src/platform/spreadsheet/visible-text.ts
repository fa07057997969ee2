/**
 * A text of a file without what nobody sees: zero bytes, which the database cannot keep, and marks of no width or of the
 * direction of writing, by which two names or numbers that look the same would differ. Half a character pair becomes �.
 */
export const visible = (text: string): string => text.toWellFormed().replace(unseen, '')

const unseen = /[\0\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
