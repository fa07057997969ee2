/**
 * A text of a file without what nobody sees: zero bytes, which the database cannot keep, and the marks below. Half a
 * character pair becomes �.
 */
export const visible = (text: string): string =>
  plain.test(text) ? text : withoutMarks(text.toWellFormed().replaceAll('\0', ''))

/** Nearly every text, in which there is nothing that is not seen: ASCII, Chinese characters and their punctuation. */
const plain = /^[ -~\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]*$/

/**
 * A text without marks of no width or of the direction of writing, and without letters that are drawn as nothing, by which
 * two names or numbers that look the same would differ. Joiners and marks of a form stay where they change what is seen.
 */
export const withoutMarks = (text: string): string => text.replace(unseen, '').replace(unseenForm, '')

/** A text as it stands in one line: blanks of any kind and ends of lines as one blank, none at the ends. */
export const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const unseen =
  /(?![\p{Join_Control}\p{Variation_Selector}\u180e])\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb\ufffe\uffff]|[\u200c\u200d](?<!(?:[\p{Script=Arabic}\p{Script=Mongolian}\p{Script=Devanagari}\p{Extended_Pictographic}]|\ufe0f)\p{Join_Control})/gu

/** A form is chosen of Chinese characters, of Mongolian letters and of pictures; elsewhere it is drawn as nothing. */
const unseenForm = /(?<![\p{Script=Han}\p{Script=Mongolian}\p{Extended_Pictographic}])[\p{Variation_Selector}\u180e]/gu
