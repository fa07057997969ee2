import { z } from 'zod'
import {
  accountOf,
  answers,
  answersFile,
  asks,
  downloadAs,
  fontsOf,
  inTransaction,
  router,
} from '../../platform/http.ts'
import { makeAlone } from '../../platform/papers/made.ts'
import { startCoverPrinting } from '../../platform/papers/printing.ts'
import { Refusal } from '../../platform/refusal.ts'
import { turns } from '../../platform/turns.ts'
import { coverChoices, coverOrder, listedPlaces } from './cover-order-schema.ts'
import { readCoverChoices, readListedPlaces, takeCoverOrder } from './covers.ts'

const ofOrganization = asks('query', z.object({ organizationId: z.uuid() }))

const pdfType = 'application/pdf'

/** A thousand sheets take seconds and some hundred megabytes: one printing at a time, one of each account. */
const takeTurn = turns(1)

/** 归档封面: whom and what they can be printed for, and the sheets themselves. */
export const covers = router()
  .get('/places', answers('归档清单中的类别', listedPlaces), async (c) => {
    return c.json(await inTransaction(c, readListedPlaces))
  })
  .get('/choices', answers('可以打印封面的人员和类别', coverChoices), ofOrganization, async (c) => {
    return c.json(await inTransaction(c, (ctx) => readCoverChoices(ctx, c.req.valid('query').organizationId)))
  })
  .post('/', answersFile('打印归档封面', [pdfType]), asks('json', coverOrder), async (c) => {
    const { sheets, name } = await inTransaction(c, (ctx) => takeCoverOrder(ctx, c.req.valid('json')))
    const bytes = await takeTurn(accountOf(c), () => makeAlone(startCoverPrinting(fontsOf(c)), sheets))
    if (bytes === null) throw new Refusal('too-many', '您的另一次封面打印还在进行。请等它完成，再打印这一次。')
    return downloadAs(c, { name, bytes }, pdfType)
  })
