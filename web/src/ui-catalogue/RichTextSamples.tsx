import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { useState } from 'react'
import type { MediaPlaces, Uploaded } from '../ui/rich-text/media.ts'
import { RichTextEditor } from '../ui/rich-text/RichTextEditor.tsx'
import { RichTextView } from '../ui/rich-text/RichTextView.tsx'
import { Sample } from './Sample.tsx'

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><rect width="640" height="400" fill="#d9c7a8"/><rect x="60" y="60" width="520" height="200" fill="#a93420"/><text x="320" y="180" font-size="48" text-anchor="middle" fill="#fff">主题党日</text><circle cx="320" cy="330" r="40" fill="#3b3733"/></svg>`
const picture: Uploaded = {
  mediaId: '0190a0b0-0000-7000-8000-000000000001',
  url: `data:image/svg+xml,${encodeURIComponent(drawing)}`,
  width: 640,
  height: 400,
}
const mediaUrl: MediaPlaces = (mediaId) => (mediaId === picture.mediaId ? picture : undefined)

const text = (it: string) => ({ type: 'text' as const, text: it })
const paragraph = (it: string) => ({ type: 'paragraph' as const, content: [text(it)] })

const article: RichText = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 2 }, content: [text('一、总体情况')] },
    {
      type: 'paragraph',
      content: [
        text('五月十一日，软件工程本科生第一党支部开展主题党日，应到党员 24 名，实到 23 名'),
        { type: 'footnote', attrs: { text: '1 名党员在外实习，已请假。' } },
        text('。会议由支部书记陆闻溪主持，学习内容见'),
        { type: 'text', text: '共产党员网', marks: [{ type: 'link', attrs: { href: 'https://www.12371.cn/' } }] },
        text('。'),
      ],
    },
    {
      type: 'picture',
      attrs: {
        mediaId: picture.mediaId,
        alt: '支部书记在主题党日上领学',
        caption: '主题党日现场',
        width: 'half',
        crop: { x: 0.05, y: 0.1, width: 0.9, height: 0.6 },
      },
    },
    { type: 'heading', attrs: { level: 3 }, content: [text('（一）主要安排')] },
    {
      type: 'orderedList',
      content: [
        { type: 'listItem', content: [paragraph('领学文件')] },
        {
          type: 'listItem',
          content: [
            paragraph('交流发言'),
            { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('沈知微')] }] },
          ],
        },
      ],
    },
    {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: ['环节', '主持人', '时间'].map((it) => ({ type: 'tableHeader' as const, content: [paragraph(it)] })),
        },
        {
          type: 'tableRow',
          content: ['重温入党誓词', '陆闻溪', '14:00'].map((it) => ({
            type: 'tableCell' as const,
            content: [paragraph(it)],
          })),
        },
      ],
    },
    { type: 'blockquote', content: [paragraph('学而不思则罔，思而不学则殆。')] },
    {
      type: 'picture',
      attrs: { mediaId: '0190a0b0-0000-7000-8000-000000000002', alt: '', caption: '已删除的图片', width: 'full' },
    },
    { type: 'horizontalRule' },
    { type: 'paragraph', attrs: { textAlign: 'right' }, content: [text('2026年5月11日')] },
  ],
}

const empty: RichText = { type: 'doc', content: [{ type: 'paragraph' }] }
const people = ['沈知微', '沈知行', '顾南乔'].map((label, at) => ({
  personId: `0190a0b0-0000-7000-8000-00000000001${at}`,
  label,
  hint: '软件工程本科生第一党支部',
}))

/** Texts as they are written and read. */
export function RichTextSamples() {
  const [written, setWritten] = useState(article)
  const [posted, setPosted] = useState(empty)
  return (
    <>
      <Sample name="RichTextEditor 文章编辑器">
        <RichTextEditor
          label="正文"
          profile="article"
          value={article}
          onChange={setWritten}
          mediaUrl={mediaUrl}
          upload={async () => picture}
          readWord={async () => ({ html: '<h2>二、从 Word 导入</h2><p>正文</p>', pictures: [], remarks: [] })}
        />
      </Sample>
      <Sample name="RichTextView 文章">
        <RichTextView doc={written} profile="article" mediaUrl={mediaUrl} idPrefix="sample-" />
      </Sample>
      <Sample name="RichTextEditor 讨论编辑器">
        <RichTextEditor
          label="发言"
          profile="post"
          value={empty}
          onChange={setPosted}
          mediaUrl={mediaUrl}
          findPersons={async (words) => people.filter((it) => it.label.includes(words))}
          placeholder="说说您的看法，输入 @ 可以提及同志"
        />
      </Sample>
      <Sample name="RichTextView 发言">
        <RichTextView doc={posted} profile="post" mediaUrl={mediaUrl} />
      </Sample>
    </>
  )
}
