/**
 * A text of a file without what nobody sees: zero bytes, which the database cannot keep, and the marks below. Half a
 * character pair becomes �.
 */
export const visible = (text: string): string => withoutMarks(text.toWellFormed().replaceAll('\0', ''))

/**
 * A text without marks of no width or of the direction of writing, and without letters that are drawn as nothing, by which
 * two names or numbers that look the same would differ. Joiners stay where they change what is seen.
 */
export const withoutMarks = (text: string): string => text.replace(unseen, '')

/** A text as it stands in one line: blanks of any kind and ends of lines as one blank, none at the ends. */
export const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const unseen =
  /[\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u200c\u200d](?<!(?:[\p{Script=Arabic}\p{Script=Mongolian}\p{Script=Devanagari}\p{Extended_Pictographic}]|\ufe0f)\p{Join_Control})/gu
