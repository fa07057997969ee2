import { Editor } from '@tiptap/core'
import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import { documentOf } from './documentOf.ts'
import type { EditorProps } from './editorProps.ts'
import { nodesOf, type Surroundings } from './nodes.ts'
import { pasteInto } from './pasting.ts'

/** How long after the last change it is told. */
const stillMs = 400

interface Wishes extends EditorProps {
  onEdit: Surroundings['edit']
  onPasted: Parameters<typeof pasteInto>[2]
  /** The key for a mention was pressed where a name may follow. */
  onMention: () => void
  onLeave: () => void
}

/** An editor in the element of the ref. It is drawn anew with every change of the document or of what is chosen. */
export function useEditor(wishes: Wishes) {
  const place = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor>()
  const [, drawAgain] = useReducer((it: number) => it + 1, 0)
  const { label, profile, value, disabled = false } = wishes
  const tell = useEffectEvent((of: Editor) => wishes.onChange(documentOf(of.state.doc)))
  const mediaUrl = useEffectEvent((...asked: Parameters<Wishes['mediaUrl']>) => wishes.mediaUrl(...asked))
  const edit = useEffectEvent((...what: Parameters<Wishes['onEdit']>) => wishes.onEdit(...what))
  const onPasted = useEffectEvent((...what: Parameters<Wishes['onPasted']>) => wishes.onPasted(...what))
  const onMention = useEffectEvent((before: string) => {
    const mayFollow = wishes.findPersons !== undefined && !/[a-z0-9._-]$/i.test(before)
    if (mayFollow) wishes.onMention()
    return mayFollow
  })
  const onLeave = useEffectEvent(() => wishes.onLeave())
  const first = useEffectEvent(() => value)
  const takesFocus = useEffectEvent(() => wishes.isFirst === true)

  useEffect(() => {
    if (!place.current) return
    let waiting: ReturnType<typeof setTimeout> | undefined
    const made = new Editor({
      element: place.current,
      extensions: nodesOf(profile, { mediaUrl, edit }),
      content: first(),
      // Our own style sheet says it; another would need a nonce.
      injectCSS: false,
      editorProps: {
        attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
        handlePaste: (view, event) => pasteInto(view, event.clipboardData, onPasted),
        handleDrop: (view, event, _, isMoved) => !isMoved && pasteInto(view, event.dataTransfer, onPasted),
        handleTextInput: (view, from, _, text) =>
          text === '@' && onMention(view.state.doc.textBetween(Math.max(0, from - 1), from, ' ', ' ')),
        handleKeyDown: (_, event) => {
          if (event.key !== 'Escape' && !(event.altKey && event.key === 'F10')) return false
          onLeave()
          return true
        },
      },
    })
    const tellNow = () => {
      if (waiting === undefined) return
      clearTimeout(waiting)
      waiting = undefined
      tell(made)
    }
    made.on('transaction', drawAgain)
    made.on('update', () => {
      clearTimeout(waiting)
      waiting = setTimeout(tellNow, stillMs)
    })
    made.on('blur', tellNow)
    setEditor(made)
    // Where it stands is the business of whoever asked for it.
    if (takesFocus()) made.commands.focus('end', { scrollIntoView: false })
    return () => {
      tellNow()
      made.destroy()
      setEditor(undefined)
    }
  }, [label, profile])

  useEffect(() => {
    if (editor && editor.isEditable === disabled) editor.setEditable(!disabled, false)
  }, [editor, disabled])
  return { place, editor }
}
