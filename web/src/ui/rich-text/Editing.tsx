import type { Editor } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { characterCount, isBlank } from '@zhibu/server/platform/rich-text/reading-schema'
import { useId, useRef, useState } from 'react'
import { ProblemNote } from '../ProblemNote.tsx'
import { FootnoteDialog, LinkDialog, MentionDialog, VideoDialog } from './dialogs.tsx'
import { documentOf } from './documentOf.ts'
import type { EditorProps } from './editorProps.ts'
import { insertAfter } from './inserting.ts'
import type { MediaPlaces, Uploaded } from './media.ts'
import { newPicture, type OpenForm } from './openForm.ts'
import { PictureDialog } from './PictureDialog.tsx'
import { type Arrived, insertHtml } from './pasting.ts'
import classes from './RichText.module.css'
import { Toolbar } from './Toolbar.tsx'
import { useEditor } from './useEditor.ts'

/** The editor with its toolbar and forms. */
export default function Editing(props: EditorProps) {
  const { upload, readWord, findPersons, disabled = false, error, placeholder = '' } = props
  const [form, setForm] = useState<OpenForm>()
  const [remarks, setRemarks] = useState<string[]>([])
  const [underWay, setUnderWay] = useState(0)
  const [problem, setProblem] = useState<unknown>()
  const fresh = useRef(new Map<string, Uploaded>())
  const toolbar = useRef<HTMLDivElement>(null)
  const noteId = useId()
  const mediaUrl: MediaPlaces = (mediaId, use) => fresh.current.get(mediaId) ?? props.mediaUrl(mediaId, use)

  const send = async (file: File): Promise<Uploaded> => {
    if (!upload) throw new Error('nothing can be sent from here')
    const sent = await upload(file)
    fresh.current.set(sent.mediaId, sent)
    return sent
  }
  const busily = async (work: () => Promise<void>) => {
    setUnderWay((it) => it + 1)
    setProblem(undefined)
    await work().catch(setProblem)
    setUnderWay((it) => it - 1)
  }
  const onPasted = ({ pictures, remarks: leftOut }: Arrived) => {
    const mayStay = upload ? pictures : new Map<string, File>()
    const notTaken = pictures.size - mayStay.size
    setRemarks([...leftOut, ...(notTaken > 0 ? [`这里不能插入图片，粘贴的 ${notTaken} 张没有带入。`] : [])])
    for (const name of pictures.keys()) if (!mayStay.has(name)) settle(editor, name, undefined)
    for (const [name, file] of mayStay) {
      busily(async () => {
        const sent = await send(file).catch((failure: unknown) => {
          settle(editor, name, undefined)
          throw failure
        })
        settle(editor, name, sent.mediaId)
      })
    }
  }
  const { place, editor } = useEditor({
    ...props,
    mediaUrl,
    onEdit: (node, at) => setForm(formFor(node, at)),
    onPasted,
    onMention: () => setForm({ kind: 'mention' }),
    onLeave: () => toolbar.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(),
  })
  const close = () => {
    setForm(undefined)
    // After the dialog has given the focus back.
    setTimeout(() => editor?.commands.focus())
  }
  const takeWord = (file: File) =>
    busily(async () => {
      if (!readWord || !editor) return
      insertHtml(editor.view, await readWord(file), onPasted)
    })
  const takeVideo = (file: File) =>
    busily(async () => {
      const { mediaId } = await send(file)
      if (editor) insertNode(editor, 'video', { mediaId })
    })

  const written = editor && documentOf(editor.state.doc)
  return (
    <div className={classes.editor} data-disabled={disabled || undefined}>
      {editor && !disabled && (
        <Toolbar
          ref={toolbar}
          editor={editor}
          profile={props.profile}
          label={props.label}
          isBusy={underWay > 0}
          onForm={setForm}
          {...(upload && { onVideo: takeVideo })}
          {...(readWord && { onWord: takeWord })}
          canMention={findPersons !== undefined}
        />
      )}
      <div
        className={classes.page}
        data-placeholder={written && isBlank(written) && editor.state.doc.childCount === 1 ? placeholder : undefined}
      >
        <div ref={place} className={classes.text} data-profile={props.profile} />
      </div>
      <p className={classes.count} id={noteId}>
        {underWay > 0 ? '正在处理图片或文件…' : ''}
        <span>{written ? `${characterCount(written)} 字` : ''}</span>
      </p>
      {error !== undefined && (
        <p className={classes.refused} role="alert">
          {error}
        </p>
      )}
      <ProblemNote error={problem} isKept />
      {remarks.length > 0 && (
        <div className={classes.remarks} role="status">
          <ul>
            {remarks.map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
          <button type="button" onClick={() => setRemarks([])}>
            知道了
          </button>
        </div>
      )}
      {/* What a form within says is not for a form around the editor. */}
      <div onSubmit={(event) => event.stopPropagation()} onInput={(event) => event.stopPropagation()}>
        {editor && form && (
          <Form
            form={form}
            editor={editor}
            profile={props.profile}
            send={send}
            mediaUrl={mediaUrl}
            findPersons={findPersons}
            onForm={setForm}
            onClose={close}
          />
        )}
      </div>
    </div>
  )
}

interface FormProps {
  form: OpenForm
  editor: Editor
  profile: EditorProps['profile']
  send: (file: File) => Promise<Uploaded>
  mediaUrl: MediaPlaces
  findPersons: EditorProps['findPersons']
  onForm: (form: OpenForm) => void
  onClose: () => void
}

function Form({ form, editor, profile, send, mediaUrl, findPersons, onForm, onClose }: FormProps) {
  const change = (at: number, attrs: object) => {
    editor.commands.command(({ tr, state }) => {
      const node = state.doc.nodeAt(at)
      if (node) tr.setNodeMarkup(at, undefined, { ...node.attrs, ...attrs })
      return node !== null
    })
    onClose()
  }
  const insert = (type: string, attrs: object) => {
    insertNode(editor, type, attrs)
    onClose()
  }
  const remove = (at: number) => {
    editor.commands.command(({ tr, state }) => {
      const node = state.doc.nodeAt(at)
      if (node) tr.delete(at, at + node.nodeSize)
      return node !== null
    })
    onClose()
  }
  switch (form.kind) {
    case 'link':
      return (
        <LinkDialog
          href={form.href}
          needsText={editor.state.selection.empty && form.href === ''}
          onLink={(href, text) => {
            const chain = editor.chain().focus().extendMarkRange('link')
            const marks = [{ type: 'link', attrs: { href } }]
            if (text) chain.insertContent({ type: 'text', text, marks }).run()
            else chain.setMark('link', { href }).run()
            onClose()
          }}
          onUnlink={() => {
            editor.chain().focus().extendMarkRange('link').unsetMark('link').run()
            onClose()
          }}
          onClose={onClose}
        />
      )
    case 'footnote': {
      const { at } = form
      return (
        <FootnoteDialog
          text={form.text}
          onText={(text) => (at === undefined ? insert('footnote', { text }) : change(at, { text }))}
          {...(at !== undefined && { onRemove: () => remove(at) })}
          onClose={onClose}
        />
      )
    }
    case 'video':
      return (
        <VideoDialog
          caption={form.caption}
          onCaption={(caption) => change(form.at, { caption })}
          onRemove={() => remove(form.at)}
          onClose={onClose}
        />
      )
    case 'mention':
      return findPersons ? (
        <MentionDialog
          findPersons={findPersons}
          onPerson={({ personId, label }) => {
            editor
              .chain()
              .focus()
              .insertContent([
                { type: 'mention', attrs: { personId, label } },
                { type: 'text', text: ' ' },
              ])
              .run()
            onClose()
          }}
          onClose={onClose}
        />
      ) : null
    case 'picture': {
      const { at, file, mediaId, others = [] } = form
      const [next, ...later] = others
      const onNext = () => (next ? onForm({ ...form, file: next, words: newPicture, others: later }) : onClose())
      return (
        <PictureDialog
          key={form.others?.length}
          file={file}
          othersToCome={form.others?.length ?? 0}
          mayBeSilent={profile === 'post'}
          url={mediaId === undefined ? undefined : mediaUrl(mediaId, 'picture')?.url}
          words={form.words}
          onPicture={async (words) => {
            if (at !== undefined) return change(at, words)
            if (!file) return
            insertNode(editor, 'picture', { ...words, mediaId: (await send(file)).mediaId })
            onNext()
          }}
          {...(at !== undefined && { onRemove: () => remove(at) })}
          onClose={onNext}
        />
      )
    }
  }
}

function formFor(node: DocumentNode, at: number): OpenForm {
  const { attrs } = node
  if (node.type.name === 'footnote') return { kind: 'footnote', at, text: String(attrs.text) }
  if (node.type.name === 'video') return { kind: 'video', at, caption: String(attrs.caption) }
  const { alt, caption, width, crop } = attrs
  return { kind: 'picture', at, mediaId: String(attrs.mediaId), words: { alt, caption, width, crop } }
}

function insertNode(editor: Editor, type: string, attrs: object): void {
  const node = editor.schema.nodes[type]?.create({ ...attrs })
  const put = ({ tr }: { tr: Transaction }) => node !== undefined && insertAfter(tr, node).docChanged
  editor.chain().focus().command(put).run()
}

/** Gives the pictures that wait under a name their medium, or takes them away. It is no step that could be undone. */
function settle(editor: Editor | undefined, name: string, mediaId: string | undefined): void {
  if (!editor || editor.isDestroyed) return
  const { tr, doc } = editor.state
  const places: number[] = []
  doc.descendants((node, at) => {
    if (node.attrs.upload === name) places.push(at)
  })
  for (const at of places.reverse()) {
    const node = doc.nodeAt(at)
    if (!node) continue
    if (mediaId === undefined) tr.delete(at, at + node.nodeSize)
    else tr.setNodeMarkup(at, undefined, { ...node.attrs, upload: null, mediaId })
  }
  editor.view.dispatch(tr.setMeta('addToHistory', false))
}
