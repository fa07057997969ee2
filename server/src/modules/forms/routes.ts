import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import {
  accountOf,
  answers,
  answersFile,
  asks,
  downloadAs,
  downloadStream,
  type Env,
  fontsOf,
  inTransaction,
  type NamedFile,
  router,
} from '../../platform/http.ts'
import { filterNames } from '../../platform/papers/tags.ts'
import { wordType } from '../../platform/papers/word-template.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { filingListOf } from '../archive/template.ts'
import { dictionary } from './dictionary.ts'
import { filings, readFiledFor } from './filing-routes.ts'
import { formPlaces, listForms } from './forms-in-force.ts'
import { makeFile, makeZip, pdfType } from './making.ts'
import { inTurn } from './making-turns.ts'
import { previewForm, takeOrder } from './orders.ts'
import { mayForms } from './policy.ts'
import { noteReport, readCopy } from './reports.ts'
import {
  bindings,
  copy,
  copyQuery,
  created,
  dictionaryAnswer,
  fileOrder,
  forms as formsAnswer,
  newReport,
  newTemplateQuery,
  preview,
  previewOrder,
  progress,
  template,
  templateChange,
  uploadQuery,
} from './schema.ts'
import * as templates from './templates.ts'
import { forgetProgress, noteProgress, progressOf } from './under-way.ts'

const ofTemplate = z.object({ templateId: z.uuid() })
const ofVersion = ofTemplate.extend({ number: z.coerce.number().int().min(1).max(100_000) })
const ofPerson = z.object({ personId: z.uuid() })

const zipType = 'application/zip'

/** The template that a request carries, taken from somebody who may change templates only, and its fields. */
async function fileOf(c: HonoContext<Env>, name: string, admit: (ctx: Context) => Promise<void>) {
  await inTransaction(c, admit)
  const file: NamedFile = { name, bytes: new Uint8Array(await c.req.arrayBuffer()) }
  return { file, fields: await inTurn(c, () => templates.fieldsIn(file)) }
}

/** 表格: the forms, previews, makings, the templates of the university, and columns to copy. */
export const forms = router()
  .route('/', filings)
  .get('/', answers('列出表格', formsAnswer), async (c) => {
    return c.json(await inTransaction(c, listForms))
  })
  .get('/dictionary', answers('列出模板可用的字段和写法', dictionaryAnswer), async (c) => {
    const places = await inTransaction(c, async (ctx) => {
      authorize(mayForms(ctx.actor).make || mayForms(ctx.actor).settle, '查看字段')
      return formPlaces(await filingListOf(ctx))
    })
    return c.json({ entries: [...dictionary()], filters: filterNames(), places })
  })
  .post('/previews', answers('预览表格：填什么、缺什么', preview, 200), asks('json', previewOrder), async (c) => {
    return c.json(await inTransaction(c, (ctx) => previewForm(ctx, c.req.valid('json'))))
  })
  .post(
    '/files',
    answersFile('生成表格：一份是文件，多份是压缩包', [wordType, pdfType, zipType]),
    asks('json', fileOrder),
    async (c) => {
      const asked = c.req.valid('json')
      const order = await inTransaction(c, (ctx) => takeOrder(ctx, asked))
      const accountId = accountOf(c)
      const { progressId } = asked
      const total = order.pieces.length
      const begun = Promise.withResolvers<Response>()
      const turn = inTurn(c, async () => {
        try {
          if (total === 1) {
            const file = await makeFile(order, fontsOf(c), readFiledFor(c))
            begun.resolve(downloadAs(c, file, file.mediaType))
            return
          }
          const onDone = (done: number) => {
            if (progressId) noteProgress(accountId, progressId, { done, total })
          }
          onDone(0)
          const { stream, ended } = makeZip(order, fontsOf(c), readFiledFor(c), onDone)
          begun.resolve(downloadStream(c, order.name, zipType, stream))
          await ended
        } finally {
          if (progressId) forgetProgress(accountId, progressId)
        }
      })
      turn.catch(begun.reject)
      return begun.promise
    },
  )
  .get(
    '/progress/:progressId',
    answers('成批生成的进度', progress),
    asks('param', z.object({ progressId: z.uuid() })),
    async (c) => {
      const { accountId } = await inTransaction(c, async ({ actor }) => actor)
      return c.json(found(progressOf(accountId, c.req.valid('param').progressId), '项生成'))
    },
  )
  .post(
    '/templates',
    answers('上传 Word 模板：正文是文件本身', created, 201),
    asks('query', newTemplateQuery),
    async (c) => {
      const asked = c.req.valid('query')
      const { file, fields } = await fileOf(c, asked.name, templates.refuseOthers)
      return c.json({ id: await inTransaction(c, (ctx) => templates.addTemplate(ctx, asked, file, fields)) }, 201)
    },
  )
  .get('/templates/:templateId', answers('读取一个模板', template), asks('param', ofTemplate), async (c) => {
    return c.json(await inTransaction(c, (ctx) => templates.readTemplate(ctx, c.req.valid('param').templateId)))
  })
  .patch(
    '/templates/:templateId',
    answers('修改模板的名称、步骤，或者停用'),
    asks('param', ofTemplate),
    asks('json', templateChange),
    async (c) => {
      const { templateId } = c.req.valid('param')
      await inTransaction(c, (ctx) => templates.changeTemplate(ctx, templateId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .put(
    '/templates/:templateId/bindings',
    answers('指定模板中的标记对应哪个字段'),
    asks('param', ofTemplate),
    asks('json', bindings),
    async (c) => {
      const { templateId } = c.req.valid('param')
      await inTransaction(c, (ctx) => templates.bindTemplate(ctx, templateId, c.req.valid('json').bindings))
      return c.body(null, 204)
    },
  )
  .post(
    '/templates/:templateId/versions',
    answers('上传模板的新版本：正文是文件本身'),
    asks('param', ofTemplate),
    asks('query', uploadQuery),
    async (c) => {
      const { templateId } = c.req.valid('param')
      const { file, fields } = await fileOf(c, c.req.valid('query').name, (ctx) =>
        templates.refuseReplacing(ctx, templateId),
      )
      await inTransaction(c, (ctx) => templates.replaceTemplate(ctx, templateId, file, fields))
      return c.body(null, 204)
    },
  )
  .get(
    '/templates/:templateId/versions/:number/file',
    answersFile('下载模板的一个版本', [wordType]),
    asks('param', ofVersion),
    async (c) => {
      const { templateId, number } = c.req.valid('param')
      const file = await inTransaction(c, (ctx) => templates.fileOfVersion(ctx, templateId, number))
      return downloadAs(c, file, wordType)
    },
  )
  .get(
    '/shipped/:code/template.docx',
    answersFile('把附带的表格下载为 Word 模板', [wordType]),
    asks('param', z.object({ code: z.string().max(60) })),
    async (c) => {
      const file = await inTransaction(c, async (ctx) => templates.templateOfShipped(ctx, c.req.valid('param').code))
      return downloadAs(c, file, wordType)
    },
  )
  .get(
    '/copies/:personId',
    answers('按栏目次序列出填写内容', copy),
    asks('param', ofPerson),
    asks('query', copyQuery),
    async (c) => {
      const { personId } = c.req.valid('param')
      return c.json(await inTransaction(c, (ctx) => readCopy(ctx, personId, c.req.valid('query').sheet)))
    },
  )
  .post(
    '/copies/:personId/reports',
    answers('登记已上报', created, 201),
    asks('param', ofPerson),
    asks('json', newReport),
    async (c) => {
      const { personId } = c.req.valid('param')
      return c.json({ id: await inTransaction(c, (ctx) => noteReport(ctx, personId, c.req.valid('json'))) }, 201)
    },
  )
