import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { linkProblem, maxCaption, maxFootnote } from '@zhibu/server/platform/rich-text/document-schema'
import { useEffect, useEffectEvent, useState } from 'react'
import { FormDialog } from '../FormDialog.tsx'
import type { EditorProps, FoundPerson } from './editorProps.ts'
import classes from './RichText.module.css'

interface LinkProps {
  href: string
  /** Whether nothing is chosen that the link could stand on. */
  needsText: boolean
  onLink: (href: string, text: string) => void
  onUnlink: () => void
  onClose: () => void
}

/** Where a link leads, and on which words it stands. */
export function LinkDialog({ href, needsText, onLink, onUnlink, onClose }: LinkProps) {
  const [address, setAddress] = useState(href)
  const [text, setText] = useState('')
  // What people type is a name of a site.
  const whole = /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(address.trim()) ? `https://${address.trim()}` : address.trim()
  const problem = whole === '' ? undefined : linkProblem(whole)
  return (
    <FormDialog
      title={href === '' ? '插入链接' : '修改链接'}
      submitLabel="确定"
      needs={{ 网址: whole !== '' && problem === undefined }}
      isBusy={false}
      error={null}
      onSubmit={() => onLink(whole, needsText ? text.trim() || whole : '')}
      onClose={onClose}
    >
      <TextInput
        label="网址"
        description="如 https://www.12371.cn/，本站页面以 / 开头"
        inputMode="url"
        value={address}
        error={problem && `链接${problem}`}
        onChange={(event) => setAddress(event.currentTarget.value)}
        data-autofocus
      />
      {needsText && (
        <TextInput
          label="显示的文字"
          description="不填则显示网址"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {href !== '' && <Remove label="取消链接" onRemove={onUnlink} />}
    </FormDialog>
  )
}

interface FootnoteProps {
  text: string
  onText: (text: string) => void
  onRemove?: () => void
  onClose: () => void
}

/** The words of a footnote. */
export function FootnoteDialog({ text: before, onText, onRemove, onClose }: FootnoteProps) {
  const [text, setText] = useState(before)
  return (
    <FormDialog
      title={before === '' ? '插入脚注' : '修改脚注'}
      lead="编号按在文中的先后自动排列，内容印在文末。"
      submitLabel="确定"
      needs={{ 脚注内容: text.trim() !== '' }}
      isBusy={false}
      error={null}
      onSubmit={() => onText(text.trim().replace(/\s+/g, ' '))}
      onClose={onClose}
    >
      <Textarea
        label="脚注内容"
        rows={3}
        maxLength={maxFootnote}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      {onRemove && <Remove label="删除脚注" onRemove={onRemove} />}
    </FormDialog>
  )
}

interface VideoProps {
  caption: string
  onCaption: (caption: string) => void
  onRemove: () => void
  onClose: () => void
}

/** The words below a video. */
export function VideoDialog({ caption: before, onCaption, onRemove, onClose }: VideoProps) {
  const [caption, setCaption] = useState(before)
  return (
    <FormDialog
      title="修改视频说明"
      submitLabel="确定"
      isBusy={false}
      error={null}
      onSubmit={() => onCaption(caption.trim())}
      onClose={onClose}
    >
      <TextInput
        label="视频说明"
        maxLength={maxCaption}
        value={caption}
        onChange={(event) => setCaption(event.currentTarget.value)}
        data-autofocus
      />
      <Remove label="删除视频" onRemove={onRemove} />
    </FormDialog>
  )
}

interface MentionProps {
  findPersons: NonNullable<EditorProps['findPersons']>
  onPerson: (person: FoundPerson) => void
  onClose: () => void
}

/** Whom to mention. */
export function MentionDialog({ findPersons, onPerson, onClose }: MentionProps) {
  const [words, setWords] = useState('')
  const [found, setFound] = useState<FoundPerson[]>()
  const [error, setError] = useState<unknown>(null)
  const find = useEffectEvent(findPersons)
  useEffect(() => {
    let isLate = false
    setFound(undefined)
    if (words.trim() === '') return
    const waiting = setTimeout(() => {
      find(words.trim()).then(
        (them) => isLate || setFound(them),
        (failure) => isLate || setError(failure),
      )
    }, 200)
    return () => {
      isLate = true
      clearTimeout(waiting)
    }
  }, [words])
  const [first] = found ?? []
  return (
    <FormDialog
      title="提及"
      submitLabel={first ? `提及 ${first.label}` : '提及'}
      isReady={first !== undefined}
      isBusy={false}
      error={error}
      onSubmit={() => first && onPerson(first)}
      onClose={onClose}
    >
      <TextInput
        label="姓名"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        autoComplete="off"
        data-autofocus
      />
      <div role="status">
        {found?.length === 0 && '没有找到。只能提到看得到这里的人：这里的负责人、在这里发过言的人和您支部的人。'}
        <Group gap="xs">
          {found?.map((it) => (
            <Button key={it.personId} variant="default" className={classes.person} onClick={() => onPerson(it)}>
              {it.label}
              {it.hint !== undefined && `（${it.hint}）`}
            </Button>
          ))}
        </Group>
      </div>
    </FormDialog>
  )
}

/** A button in a form that takes away what the form is about; it can be undone. */
export function Remove({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Group>
      <Button variant="default" onClick={onRemove}>
        {label}
      </Button>
    </Group>
  )
}
