import { Readable } from 'node:stream'
import type { NewUnit } from '../modules/courseware/schema.ts'
import { createCourseware, publishCourseware } from '../modules/courseware/service.ts'
import { coursewareUploads } from '../modules/courseware/tables.ts'
import { addUnit } from '../modules/courseware/units.ts'
import type { ContentStore } from '../platform/content/content-store.ts'
import type { Actor, Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import type { Block, RichText } from '../platform/rich-text/document-schema.ts'
import type { DiscussionCast } from './discussion.ts'

/** A piece of the university with texts and a small package, and a draft of a branch. In the transaction of the context. */
export async function keepCourseware(
  ctx: Context,
  store: ContentStore,
  { university, branch }: DiscussionCast,
): Promise<void> {
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  const { department } = university
  const { secretary } = branch

  const id = await createCourseware(as(department), { organizationId: university.id, ...piece })
  for (const unit of texts) await addUnit(as(department), id, unit)
  await addPackageUnit(as(department), store, id)
  await publishCourseware(as(department), id)

  const draft = await createCourseware(as(secretary), {
    ...{ organizationId: branch.id, title: '新党员第一课', summary: '还在编写，欢迎支委补充。' },
  })
  const [first] = texts
  if (first) await addUnit(as(secretary), draft, first)
}

async function addPackageUnit(ctx: Context, store: ContentStore, coursewareId: string): Promise<void> {
  const { tenantId, actor, db } = ctx
  const put = async (name: string, text: string) => {
    const bytes = Buffer.from(text)
    const { id: contentId } = await store.put(Readable.from([bytes]), { maxBytes: bytes.length })
    return { name, contentId, sizeBytes: bytes.length }
  }
  const files = [await put('index.html', lesson)]
  const [file] = files
  const upload = { tenantId, id: newId(), accountId: actor.accountId, fileName: '支部会议.zip' }
  await db.insert(coursewareUploads).values({ ...upload, sizeBytes: file?.sizeBytes ?? 0 })
  await addUnit(
    ctx,
    coursewareId,
    { kind: 'package', title: '试一试：会前要准备什么', uploadId: upload.id },
    {
      taken: {
        ...{ standard: '1.2', title: '会前要准备什么', fileName: upload.fileName, sizeBytes: file?.sizeBytes ?? 0 },
        scos: [
          {
            id: 'one',
            title: '会前要准备什么',
            depth: 0,
            href: 'index.html',
            search: '',
            launchData: '',
            masteryScore: '',
          },
        ],
        files,
      },
      uploadId: upload.id,
      contentIsThere: store.has,
    },
  )
}

const piece = {
  title: '支部工作入门',
  summary: '给新任的支委：会怎么开，记录怎么写，材料放在哪里。每个单元十分钟左右。',
}

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const heading = (text: string): Block => ({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text }] })
const textOf = (...content: Block[]): RichText => ({ type: 'doc', content })

const texts: readonly NewUnit[] = [
  {
    kind: 'text',
    title: '三会一课指什么',
    body: textOf(
      paragraph('三会一课是支部最基本的组织生活：支部党员大会、支部委员会会议、党小组会，按时上好党课。'),
      heading('各多久一次'),
      paragraph('具体的时间要求以《中国共产党支部工作条例（试行）》和本校的规定为准，在“规则”页可以查到条文。'),
      heading('从哪里做起'),
      paragraph('先看上一届支委留下的会议记录，和支部书记商量本学期的安排，再把日期排进日历。'),
    ),
  },
  {
    kind: 'text',
    title: '会议记录怎样写',
    body: textOf(
      paragraph('写清楚时间、地点、应到和实到、主持人、记录人、议题、各人发言的要点、表决的结果。'),
      paragraph('当天写，当天核对。没有开的会不补记录，漏记的照实说明。'),
    ),
  },
]

/** A package as simple as can be: three boxes to tick, and where one was is found again. */
const lesson = `<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>会前要准备什么</title>
<style>body{font:18px/1.7 sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#222}label{display:block;padding:.5rem 0}button{font:inherit;padding:.4rem 1rem}</style></head>
<body><h1>会前要准备什么</h1><p>勾出开支部党员大会以前要做的事，三件都做了就可以开会。</p>
<label><input type="checkbox"> 确定议题，提前告诉大家</label>
<label><input type="checkbox"> 看看谁请假、够不够人数</label>
<label><input type="checkbox"> 请好记录人，备好材料</label>
<p><button type="button">准备好了</button> <span role="status"></span></p>
<script>
var boxes = [].slice.call(document.querySelectorAll('input'))
var api = window.parent.API || window.API
api.LMSInitialize('')
var before = api.LMSGetValue('cmi.suspend_data')
boxes.forEach(function (it, at) {
  it.checked = before.charAt(at) === '1'
  it.onchange = function () {
    api.LMSSetValue('cmi.suspend_data', boxes.map(function (it) { return it.checked ? '1' : '0' }).join(''))
    api.LMSCommit('')
  }
})
document.querySelector('button').onclick = function () {
  var isWhole = boxes.every(function (it) { return it.checked })
  document.querySelector('[role=status]').textContent = isWhole ? '可以开会了。' : '还有没做的，再想一想。'
  if (!isWhole) return
  api.LMSSetValue('cmi.core.lesson_status', 'completed')
  api.LMSSetValue('cmi.core.exit', 'suspend')
  api.LMSFinish('')
}
</script></body></html>`
