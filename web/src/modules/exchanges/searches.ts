/** What the addresses of exchanges carry: texts as somebody has typed them, read by the pages. */
export interface ExchangesSearch {
  list?: 'cards' | undefined
  /** How the library is narrowed. */
  q?: string | undefined
  topic?: string | undefined
}

/** The address as it is. */
export const exchangesSearch = (it: ExchangesSearch): ExchangesSearch => it
