import { z } from 'zod'
import {
  answers,
  answersFile,
  asks,
  downloadAs,
  etagOf,
  fontsOf,
  inTransaction,
  inTransactionAnew,
  requireCurrent,
  router,
  sendFile,
} from '../../platform/http.ts'
import { recordExamination } from './examinations.ts'
import { listChangesQuery } from './filing-list-schema.ts'
import { lookAt } from './looking.ts'
import { listNumberingChanges, readNumbering, setNumbering } from './numbering.ts'
import { pack, printCatalogue } from './packing.ts'
import {
  closing,
  fourProperties,
  newSeal,
  numbering,
  numberingChanges,
  numberingView,
  sealed,
  soundness,
} from './seal-schema.ts'
import { contentsOf, contentsToSeal, openSeal, readClosing, recordCatalogue, recordExport, sealFile } from './seals.ts'
import { readSoundness } from './soundness.ts'

const ofSeal = asks('param', z.object({ sealId: z.uuid() }))

/** Closing files, taking them away as packages, and whether the contents are still what was filed. */
export const seals = router()
  .get(
    '/persons/:personId/seals',
    answers('一个人的档案封存情况', closing),
    asks('param', z.object({ personId: z.uuid() })),
    async (c) => {
      const { personId } = c.req.valid('param')
      return c.json(await inTransaction(c, (ctx) => readClosing(ctx, { personId })))
    },
  )
  .get(
    '/organizations/:organizationId/seals',
    answers('一个组织的档案封存情况', closing),
    asks('param', z.object({ organizationId: z.uuid() })),
    async (c) => {
      const { organizationId } = c.req.valid('param')
      return c.json(await inTransaction(c, (ctx) => readClosing(ctx, { organizationId })))
    },
  )
  .post(
    '/seals',
    answers('封存一份档案，或补充封存；先通读全部内容', sealed, 201),
    asks('json', newSeal),
    async (c) => {
      const wanted = c.req.valid('json')
      const contents = await inTransaction(c, (ctx) => contentsToSeal(ctx, wanted))
      const findings = await lookAt(c.var.contents.store, contents)
      return c.json(await inTransactionAnew(c, (ctx) => sealFile(ctx, wanted, findings)), 201)
    },
  )
  .post(
    '/seals/:sealId/examination',
    answers('对封存的档案重新做四性检测：通读全部内容', fourProperties),
    ofSeal,
    async (c) => {
      const { sealId } = c.req.valid('param')
      const { file } = await inTransaction(c, (ctx) => openSeal(ctx, sealId))
      const findings = await lookAt(c.var.contents.store, contentsOf(file))
      return c.json(await inTransactionAnew(c, (ctx) => recordExamination(ctx, sealId, findings)))
    },
  )
  .get(
    '/seals/:sealId/package.zip',
    answersFile('把封存的档案导出为可独立核验的包', ['application/zip']),
    ofSeal,
    async (c) => {
      const { sealId } = c.req.valid('param')
      const { seal } = await inTransaction(c, (ctx) => openSeal(ctx, sealId))
      const packed = await pack(c.var.contents.store, seal, fontsOf(c))
      const { bytes, sha256 } = packed
      try {
        await inTransactionAnew(c, (ctx) => recordExport(ctx, sealId, { bytes, sha256 }))
      } catch (error) {
        await packed.discard()
        throw error
      }
      const name = `${seal.number}${seal.version === 1 ? '' : `-${seal.version}`}.zip`
      const read = async (range: { from: number; to: number }) => packed.read(range)
      const answer = await sendFile(c, { name, mediaType: 'application/zip', sizeBytes: bytes, tag: sha256, read })
      if (c.req.method === 'HEAD' || answer.status === 416) await packed.discard()
      return answer
    },
  )
  .get(
    '/seals/:sealId/catalogue.pdf',
    answersFile('封存档案的归档文件目录，供打印', ['application/pdf']),
    ofSeal,
    async (c) => {
      const { sealId } = c.req.valid('param')
      const { seal } = await inTransaction(c, (ctx) => openSeal(ctx, sealId))
      const bytes = await printCatalogue(seal.metadata, fontsOf(c))
      await inTransaction(c, (ctx) => recordCatalogue(ctx, sealId))
      return downloadAs(c, { name: `${seal.number} 目录.pdf`, bytes }, 'application/pdf')
    },
  )
  .get('/numbering', answers('档号的格式', numberingView), async (c) => {
    const { view, revision } = await inTransaction(c, readNumbering)
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .get(
    '/numbering/changes',
    answers('档号格式的历次修改，最近的在前', numberingChanges),
    asks('query', listChangesQuery),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => listNumberingChanges(ctx, c.req.valid('query'))))
    },
  )
  .put('/numbering', answers('修改档号的格式'), asks('json', numbering), async (c) => {
    const revision = requireCurrent(c)
    await inTransaction(c, (ctx) => setNumbering(ctx, c.req.valid('json'), revision))
    return c.body(null, 204)
  })
  .get('/soundness', answers('存储内容的核对结果', soundness), async (c) => {
    return c.json(await inTransaction(c, readSoundness))
  })
