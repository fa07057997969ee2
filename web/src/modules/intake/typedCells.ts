import { createContext, useContext } from 'react'

/** Cells of the preview that were typed and not applied yet, whichever of them are on the screen. */
export interface TypedCells {
  /** What was typed, by the number of the row and the letter of the column. */
  texts: Readonly<Record<string, string>>
  /** Nothing where the cell is as it was again. */
  type: (row: number, letter: string, text: string | undefined) => void
}

const context = createContext<TypedCells>({ texts: {}, type: () => undefined })

export const TypedCellsProvider = context.Provider

/** One cell: what was typed, and how to type something else. */
export function useTypedCell(row: number, letter: string) {
  const { texts, type } = useContext(context)
  return [texts[cellKey(row, letter)], (text: string | undefined) => type(row, letter, text)] as const
}

export const cellKey = (row: number, letter: string): string => `${letter}${row}`

/** With this cell typed anew, or as it was. */
export function withCell(texts: TypedCells['texts'], key: string, text: string | undefined): TypedCells['texts'] {
  if (text !== undefined) return { ...texts, [key]: text }
  return Object.fromEntries(Object.entries(texts).filter(([other]) => other !== key))
}
