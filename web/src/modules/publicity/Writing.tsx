import { Alert, Button, Radio, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ArticleChange, ArticleText, ArticleView } from '@zhibu/server/modules/publicity/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RichTextEditor } from '../../ui/rich-text/RichTextEditor.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { mediaOf, publicityClient, publicityKey } from './api.ts'
import { Autosave } from './autosave.ts'
import { CoverField } from './CoverField.tsx'
import { keepRemarks, keepTyped, remarksBefore, typedBefore } from './kept.ts'
import { OpenRemarks } from './OpenRemarks.tsx'
import { Overtaken } from './Overtaken.tsx'
import classes from './Publicity.module.css'
import { Reviews } from './Reviewing.tsx'
import { SavingNote } from './SavingNote.tsx'
import { SubmitDialog } from './SubmitDialog.tsx'
import { placeOfUpload, readWord, sendMedium } from './sendingMedia.ts'
import { Versions } from './Versions.tsx'
import { bylineNames } from './words.ts'

interface Props {
  view: ArticleView
  etag: string
  sections: readonly { id: string; name: string; isClosed: boolean }[]
  /** What is at the server now takes the place of what stands here. */
  onReadAgain: () => void
}

/** The form of an article. It saves itself; what did not reach the server outlives the page in this window. */
export function Writing({ view, etag, sections, onReadAgain }: Props) {
  const articleId = view.id
  const keptName = `${useSession()?.account.id} ${articleId}`
  const queries = useQueryClient()
  const [restored, setRestored] = useState(() => typedBefore(keptName))
  const [autosave] = useState(() => {
    // What was kept is sent under the tag over which it was typed: whoever wrote since then is not overwritten.
    const start = { draft: changeOf(view), etag: restored?.etag ?? etag }
    const it = new Autosave(articleId, start, (draft, tag) => save(articleId, draft, tag))
    if (restored) it.change(restored.draft)
    return it
  })
  const [draft, setDraft] = useState<ArticleChange>(autosave.draft)
  const [dialog, setDialog] = useState<'submit' | 'versions'>()
  const [remarks, setRemarks] = useState(() => remarksBefore(articleId))
  const saving = useSyncExternalStore(autosave.subscribe, autosave.saving)
  const isSaved = saving.state === 'saved'
  // Left by a link it is sent, or kept in this window; not so where somebody else has written.
  useUnsaved(!isSaved, saving.state === 'overtaken')
  useEffect(() => {
    autosave.open()
    const goOn = () => void autosave.flush()
    window.addEventListener('online', goOn)
    return () => {
      window.removeEventListener('online', goOn)
      autosave.close()
      void queries.invalidateQueries({ queryKey: publicityKey })
    }
  }, [autosave, queries])
  // While it is on its way nothing is kept here: a shared computer should hold no more of it than it must.
  const isStuck = saving.state === 'unreached' || saving.state === 'refused'
  useEffect(() => {
    if (isSaved || saving.state === 'overtaken') keepTyped(keptName, undefined)
    else if (isStuck) keepTyped(keptName, { draft, etag: autosave.etag })
  }, [keptName, isSaved, isStuck, saving.state, draft, autosave])
  useEffect(() => {
    const keep = () => {
      if (!isSaved) keepTyped(keptName, { draft: autosave.draft, etag: autosave.etag })
    }
    window.addEventListener('pagehide', keep)
    return () => window.removeEventListener('pagehide', keep)
  }, [keptName, isSaved, autosave])

  const keep = useMutation({
    mutationFn: async () => {
      if (!(await autosave.flush())) return false
      await parseResponse(publicityClient.articles[':articleId'].versions.$post({ param: { articleId } }))
      return true
    },
  })
  const change = (part: Partial<ArticleChange>) => {
    autosave.change(part)
    setDraft(autosave.draft)
    if (keep.isSuccess) keep.reset()
  }
  const write = (part: Partial<ArticleText>) => change({ text: { ...autosave.draft.text, ...part } })
  const open = async (what: 'submit' | 'versions') => {
    if (await autosave.flush()) setDialog(what)
  }
  const { text } = draft
  const error = saving.state === 'refused' ? saving.error : null
  return (
    <>
      {restored && (
        <Alert color="blue" title="上次没有存到服务器的内容还在" role="status">
          已经放回下面。
          <Button variant="subtle" size="compact-sm" onClick={() => setRestored(undefined)}>
            知道了
          </Button>
        </Alert>
      )}
      {remarks.length > 0 && (
        <Alert color="yellow" title="导入时没有带过来的" role="status">
          <ul className={classes.list}>
            {remarks.map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              keepRemarks(articleId, [])
              setRemarks([])
            }}
          >
            知道了
          </Button>
        </Alert>
      )}
      {view.reviews[0]?.verdict === 'returned' && view.submittedVersion === null && !view.publishedAt && (
        <Alert color="yellow" title={`${view.reviews[0].reviewerName}退回修改`}>
          <span className={classes.said}>{view.reviews[0].opinion}</span>
        </Alert>
      )}
      {saving.state === 'overtaken' && (
        <Overtaken
          articleId={articleId}
          onTakeTheirs={() => {
            keepTyped(keptName, undefined)
            onReadAgain()
          }}
          onTakeOwn={(tag) => void autosave.goOn(tag)}
        />
      )}
      <OpenRemarks articleId={articleId} body={text.body} canAnswer={view.can.remark} />
      <Section title="标题和正文">
        <div className={classes.form}>
          <TextInput
            label="标题"
            value={text.title}
            onChange={(event) => write({ title: event.currentTarget.value })}
            error={problemIn(error, 'text.title')}
            maxLength={100}
            rightSection={<span className={classes.count}>{text.title.length} / 100</span>}
            rightSectionWidth={76}
            rightSectionPointerEvents="none"
            required
          />
          <Textarea
            label="摘要"
            description={`列表里和转发时显示；不写的，用正文开头。已写 ${text.summary.length} 字，最多 300 字。`}
            value={text.summary}
            onChange={(event) => write({ summary: event.currentTarget.value })}
            error={problemIn(error, 'text.summary')}
            maxLength={300}
            autosize
            minRows={2}
          />
          <RichTextEditor
            label="正文"
            profile="article"
            value={text.body}
            onChange={(body) => write({ body })}
            upload={sendMedium}
            readWord={readWord}
            mediaUrl={(mediaId, use) => placeOfUpload(mediaId) ?? mediaOf(articleId)(mediaId, use)}
            placeholder="在这里写正文，也可以从 Word、WPS、公众号文章粘贴"
            error={problemIn(error, 'text.body')}
          />
        </div>
      </Section>
      <Section title="封面" lead="列表和转发时用的图片，一张图裁成横、方两种。没有封面也可以发布。">
        <CoverField
          articleId={articleId}
          cover={text.cover}
          onCover={(cover) => write({ cover })}
          error={problemIn(error, 'text.cover') ?? problemIn(error, 'text.cover.alt')}
        />
      </Section>
      <Section title="署名和栏目">
        <div className={classes.form}>
          <div className={classes.pair}>
            {(['author', 'source', 'photographer', 'editor'] as const).map((it) => (
              <TextInput
                key={it}
                label={bylineNames[it]}
                value={text.byline[it]}
                onChange={(event) =>
                  write({ byline: { ...autosave.draft.text.byline, [it]: event.currentTarget.value } })
                }
                error={problemIn(error, `text.byline.${it}`)}
                maxLength={40}
              />
            ))}
          </div>
          <Select
            label="栏目"
            data={sections
              .filter((it) => !it.isClosed || it.id === draft.sectionId)
              .map((it) => ({ value: it.id, label: it.isClosed ? `${it.name}（已停用）` : it.name }))}
            value={draft.sectionId}
            onChange={(sectionId) => sectionId && change({ sectionId })}
            error={problemIn(error, 'sectionId')}
            allowDeselect={false}
            maw="24rem"
            required
          />
          <Radio.Group
            label="谁能看"
            description={view.publishedAt ? '改了以后，下一次发布时才起作用。' : undefined}
            value={draft.isOpen ? 'open' : 'members'}
            onChange={(value) => change({ isOpen: value === 'open' })}
          >
            <div className={classes.choices}>
              <Radio value="members" label="仅校内登录可见" />
              <Radio value="open" label="公开，谁都能看" />
            </div>
          </Radio.Group>
        </div>
      </Section>
      <Reviews it={view} />
      <div className={classes.bar}>
        <SavingNote saving={saving} onAgain={() => void autosave.flush()} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => void open('versions')}>
            版本
          </Button>
          <Button variant="default" loading={keep.isPending} onClick={() => keep.mutate()}>
            {keep.data && isSaved ? '已存为版本' : '存为版本'}
          </Button>
          <Button onClick={() => void open('submit')}>送审</Button>
        </div>
      </div>
      <ProblemNote error={keep.error} />
      {dialog === 'submit' && (
        <SubmitDialog view={view} text={text} etag={autosave.etag} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'versions' && (
        <Versions
          articleId={articleId}
          etag={autosave.etag}
          canRestore
          onRestored={onReadAgain}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  )
}

const changeOf = ({ section, isOpen, text }: ArticleView): ArticleChange => ({ sectionId: section.id, isOpen, text })

async function save(articleId: string, json: ArticleChange, etag: string): Promise<string> {
  const answer = await publicityClient.articles[':articleId'].$put({ param: { articleId }, json }, ifMatch(etag))
  return answer.headers.get('etag') ?? etag
}
