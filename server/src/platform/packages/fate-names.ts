/** What became of an item of a package where it was taken over. Pages load this file by value. */
export const fateNames = { filed: '已归档', present: '已有相同内容', leftOut: '未接收' } as const
export type ItemFate = keyof typeof fateNames
