import { ActionIcon, NativeSelect } from '@mantine/core'
import {
  IconAlignCenter,
  IconAlignLeft,
  IconAlignRight,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconAt,
  IconBlockquote,
  IconBold,
  IconClearFormatting,
  IconColumnInsertRight,
  IconColumnRemove,
  IconFileTypeDocx,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconPhoto,
  IconRowInsertBottom,
  IconRowRemove,
  IconSeparatorHorizontal,
  IconStrikethrough,
  IconSubscript,
  IconSuperscript,
  IconTable,
  IconTableMinus,
  IconTableOptions,
  IconTableRow,
  IconTextPlus,
  IconUnderline,
  IconVideo,
} from '@tabler/icons-react'
import type { ChainedCommands, Editor } from '@tiptap/core'
import type { Profile } from '@zhibu/server/platform/rich-text/document-schema'
import { type KeyboardEvent, type Ref, useRef, useState } from 'react'
import { newPicture, type OpenForm } from './openForm.ts'
import classes from './RichText.module.css'

interface Props {
  ref: Ref<HTMLDivElement>
  editor: Editor
  profile: Profile
  /** Of the text that is written. */
  label: string
  isBusy: boolean
  onForm: (form: OpenForm) => void
  /** Without these there is no such button. */
  onVideo?: (file: File) => void
  onWord?: (file: File) => void
  canMention: boolean
}

/** A button of the toolbar. */
interface Tool {
  name: string
  icon: typeof IconBold
  keys?: string
  /** Whether it holds where the cursor is; undefined for what only happens once. */
  isOn?: boolean
  isOff?: boolean
  run: () => void
}

const headings = ['正文', '一级标题', '二级标题', '三级标题']

/** What can be done with the text. The arrow keys go from one to the next, Escape goes back into the text. */
export function Toolbar({ ref, editor, profile, label, isBusy, onForm, onVideo, onWord, canMention }: Props) {
  const [current, setCurrent] = useState(0)
  const files = useRef<HTMLInputElement>(null)
  const [wanted, setWanted] = useState<'picture' | 'video' | 'word'>('picture')
  const isArticle = profile === 'article'
  const inTable = editor.isActive('table')
  const act = (work: (chain: ChainedCommands) => ChainedCommands) => () => work(editor.chain().focus()).run()
  const mark = (name: string, type: string, icon: Tool['icon'], keys?: string): Tool => ({
    name,
    icon,
    ...(keys && { keys }),
    isOn: editor.isActive(type),
    run: act((it) => it.toggleMark(type)),
  })
  const align = (name: string, icon: Tool['icon'], to: string | null): Tool => ({
    name,
    icon,
    isOn: editor.isActive('paragraph', { textAlign: to }),
    run: act((it) => it.updateAttributes('paragraph', { textAlign: to })),
  })
  const choose = (kind: typeof wanted) => () => {
    setWanted(kind)
    if (!files.current) return
    files.current.accept = accepted[kind]
    files.current.multiple = kind === 'picture'
    files.current.click()
  }
  const groups: (Tool | false)[][] = [
    [
      { name: '撤销', icon: IconArrowBackUp, keys: 'Ctrl+Z', isOff: !editor.can().undo(), run: act((it) => it.undo()) },
      {
        name: '恢复',
        icon: IconArrowForwardUp,
        keys: 'Ctrl+Y',
        isOff: !editor.can().redo(),
        run: act((it) => it.redo()),
      },
    ],
    // On a phone only the first of them are in sight.
    [
      onVideo !== undefined && { name: '图片', icon: IconPhoto, isOff: isBusy, run: choose('picture') },
      isArticle && onVideo !== undefined && { name: '视频', icon: IconVideo, isOff: isBusy, run: choose('video') },
      canMention && { name: '提及', icon: IconAt, run: () => onForm({ kind: 'mention' }) },
    ],
    [
      mark('加粗', 'bold', IconBold, 'Ctrl+B'),
      mark('斜体', 'italic', IconItalic, 'Ctrl+I'),
      isArticle && mark('下划线', 'underline', IconUnderline, 'Ctrl+U'),
      isArticle && mark('删除线', 'strike', IconStrikethrough),
      isArticle && mark('上标', 'superscript', IconSuperscript),
      isArticle && mark('下标', 'subscript', IconSubscript),
      {
        name: '清除格式',
        icon: IconClearFormatting,
        run: act((it) => it.unsetAllMarks().clearNodes()),
      },
    ],
    [
      {
        name: '项目符号',
        icon: IconList,
        isOn: editor.isActive('bulletList'),
        run: act((it) => it.toggleBulletList()),
      },
      {
        name: '编号',
        icon: IconListNumbers,
        isOn: editor.isActive('orderedList'),
        run: act((it) => it.toggleOrderedList()),
      },
      {
        name: '引用',
        icon: IconBlockquote,
        isOn: editor.isActive('blockquote'),
        run: act((it) => it.toggleBlockquote()),
      },
      isArticle && align('左对齐', IconAlignLeft, null),
      isArticle && align('居中', IconAlignCenter, 'center'),
      isArticle && align('右对齐', IconAlignRight, 'right'),
    ],
    [
      {
        name: '链接',
        icon: IconLink,
        isOn: editor.isActive('link'),
        run: () => onForm({ kind: 'link', href: String(editor.getAttributes('link').href ?? '') }),
      },
      isArticle && {
        name: '表格',
        icon: IconTable,
        isOff: inTable,
        run: act((it) => it.insertTable({ rows: 3, cols: 3, withHeaderRow: true })),
      },
      isArticle && { name: '脚注', icon: IconTextPlus, run: () => onForm({ kind: 'footnote', text: '' }) },
      isArticle && { name: '分隔线', icon: IconSeparatorHorizontal, run: act((it) => it.setHorizontalRule()) },
      onWord !== undefined && { name: '导入 Word', icon: IconFileTypeDocx, isOff: isBusy, run: choose('word') },
    ],
  ]
  const ofTable: Tool[] = inTable
    ? [
        { name: '在下方插入行', icon: IconRowInsertBottom, run: act((it) => it.addRowAfter()) },
        { name: '删除行', icon: IconRowRemove, run: act((it) => it.deleteRow()) },
        { name: '在右侧插入列', icon: IconColumnInsertRight, run: act((it) => it.addColumnAfter()) },
        { name: '删除列', icon: IconColumnRemove, run: act((it) => it.deleteColumn()) },
        { name: '合并或拆分单元格', icon: IconTableOptions, run: act((it) => it.mergeOrSplit()) },
        { name: '标题行', icon: IconTableRow, run: act((it) => it.toggleHeaderRow()) },
        { name: '删除表格', icon: IconTableMinus, run: act((it) => it.deleteTable()) },
      ]
    : []
  const tools = groups.map((them) => them.filter((it) => it !== false)).filter((them) => them.length > 0)
  const all = [...tools.flat(), ...ofTable]
  const first = isArticle ? 1 : 0
  // Those of a table may have gone.
  const tabbed = Math.min(current, all.length - 1 + first)
  const places = { placeOf: (it: Tool) => all.indexOf(it) + first, tabbed, onUse: setCurrent }
  const goTo = (event: KeyboardEvent<HTMLElement>) => {
    const places = [...event.currentTarget.querySelectorAll<HTMLElement>('select, button')]
    const at = places.findIndex((it) => it.matches(':focus'))
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: places.length - 1 }[event.key]
    if (event.key === 'Escape') editor.commands.focus()
    if (next === undefined) return
    event.preventDefault()
    const to = (next + places.length) % places.length
    setCurrent(to)
    places[to]?.focus()
  }
  return (
    <div ref={ref} role="toolbar" aria-label={`${label}的格式`} className={classes.toolbar} onKeyDown={goTo}>
      <div className={classes.row}>
        {isArticle && (
          <NativeSelect
            aria-label="段落"
            className={classes.kind}
            tabIndex={tabbed === 0 ? 0 : -1}
            data={headings}
            value={headings[Math.max(Number(editor.getAttributes('heading').level ?? 1) - 1, 0)] ?? '正文'}
            onChange={(event) => {
              const level = headings.indexOf(event.currentTarget.value) + 1
              const chain = editor.chain().focus()
              if (level === 2 || level === 3 || level === 4) chain.setNode('heading', { level }).run()
              else chain.setNode('paragraph').run()
            }}
          />
        )}
        {tools.map((group) => (
          <Group key={group[0]?.name} tools={group} {...places} />
        ))}
      </div>
      {ofTable.length > 0 && (
        <div className={classes.row}>
          <Group tools={ofTable} {...places} />
        </div>
      )}
      <input
        ref={files}
        type="file"
        hidden
        aria-label="选择文件"
        onChange={(event) => {
          const [file, ...others] = event.currentTarget.files ?? []
          if (file && wanted === 'picture') onForm({ kind: 'picture', file, others, words: newPicture })
          if (file && wanted === 'video') onVideo?.(file)
          if (file && wanted === 'word') onWord?.(file)
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}

interface GroupProps {
  tools: readonly Tool[]
  /** Its place in the toolbar. */
  placeOf: (tool: Tool) => number
  /** Of the one that the tabulator key comes to. */
  tabbed: number
  onUse: (place: number) => void
}

function Group({ tools, placeOf, tabbed, onUse }: GroupProps) {
  return (
    <div className={classes.group}>
      {tools.map((it) => {
        const { name, icon: Icon, keys, isOn, isOff = false, run } = it
        return (
          <ActionIcon
            key={name}
            variant={isOn ? 'light' : 'subtle'}
            {...(!isOn && { color: 'gray' })}
            size={36}
            tabIndex={tabbed === placeOf(it) ? 0 : -1}
            aria-label={name}
            title={keys ? `${name}（${keys}）` : name}
            {...(isOn !== undefined && { 'aria-pressed': isOn })}
            aria-disabled={isOff || undefined}
            data-disabled={isOff}
            // The text keeps its focus, and a phone its keyboard.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              onUse(placeOf(it))
              if (!isOff) run()
            }}
          >
            <Icon size={18} stroke={1.8} />
          </ActionIcon>
        )
      })}
    </div>
  )
}

const accepted = {
  picture: 'image/png,image/jpeg,image/webp,image/gif',
  video: 'video/mp4,video/quicktime,video/webm',
  word: '.docx',
}
