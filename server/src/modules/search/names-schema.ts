/** The kinds of what is found in full text, in words. Pages load this file by value, so it brings no schema library. */
export const searchKindNames = { document: '材料', act: '办理事项' } as const

export type SearchKind = keyof typeof searchKindNames
