import { answers, asks, inTransaction, router } from '../../platform/http.ts'
import { search as searchTexts } from './queries.ts'
import { hits, searchQuery } from './schema.ts'

/** 查找: full text over what the reader may see. */
export const search = router().get(
  '/',
  answers('在材料和办理事项的全文中查找', hits),
  asks('query', searchQuery),
  async (c) => c.json(await inTransaction(c, (ctx) => searchTexts(ctx, c.req.valid('query')))),
)
