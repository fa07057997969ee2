import {
  type Block,
  type Crop,
  type Inline,
  linkProblem,
  type Mark,
  type PlainMark,
  type Profile,
  type RichText,
  type TableCell,
} from '@zhibu/server/platform/rich-text/document-schema'
import { headingId, nodesOf } from '@zhibu/server/platform/rich-text/reading-schema'
import { Fragment, type ReactNode, useId, useState } from 'react'
import { frameShape, pictureInFrame } from './cropFrame.ts'
import type { MediaPlaces, MediumPlace } from './media.ts'
import classes from './RichText.module.css'

interface Props {
  doc: RichText
  profile: Profile
  mediaUrl: MediaPlaces
  /** Where the page of a person who is spoken to is; without it a mention is no link. */
  personUrl?: (personId: string) => string | undefined
  /** Before the ids of headings, where several texts stand on a page. */
  idPrefix?: string
}

/** What the parts of a text need to know of the whole. */
interface Reading extends Omit<Props, 'doc'> {
  /** Numbers of footnotes and headings, from 1, by the node. */
  numbers: ReadonlyMap<object, number>
  noteId: (number: number) => string
  placeId: (number: number) => string
}

/** A text as it is read. It is drawn part by part, never put in as HTML, and every address is checked again. */
export function RichTextView({ doc, ...props }: Props) {
  const id = useId()
  const all = [...nodesOf(doc)]
  const notes = all.filter((it) => it.type === 'footnote')
  const headings = all.filter((it) => it.type === 'heading')
  const numbers = new Map([...notes.entries(), ...headings.entries()].map(([at, it]) => [it, at + 1]))
  const reading: Reading = {
    ...props,
    numbers,
    noteId: (number) => `${id}note-${number}`,
    placeId: (number) => `${id}place-${number}`,
  }
  return (
    <div className={classes.text} data-profile={props.profile}>
      <Blocks blocks={doc.content} reading={reading} />
      {notes.length > 0 && (
        <section className={classes.notes} aria-label="脚注">
          <ol>
            {notes.map((it, at) => (
              <li key={reading.noteId(at + 1)} id={reading.noteId(at + 1)}>
                {it.attrs.text}{' '}
                <a href={`#${reading.placeId(at + 1)}`} aria-label={`返回脚注 ${at + 1} 处`}>
                  ↑
                </a>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}

/** Parts of a text have no names, and stay in their order. */
function inOrder<Part>(parts: readonly Part[], draw: (part: Part) => ReactNode): ReactNode[] {
  return parts.map((part, at) => <Fragment key={String(at)}>{draw(part)}</Fragment>)
}

function Blocks({ blocks, reading }: { blocks: readonly Block[]; reading: Reading }) {
  return inOrder(blocks, (it) => <OneBlock block={it} reading={reading} />)
}

function OneBlock({ block, reading }: { block: Block; reading: Reading }): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return (
        <p data-align={block.attrs?.textAlign}>
          <Line content={block.content} reading={reading} />
        </p>
      )
    case 'heading': {
      const Tag = ({ 2: 'h2', 3: 'h3', 4: 'h4' } as const)[block.attrs.level]
      return (
        <Tag id={headingId(reading.numbers.get(block) ?? 0, reading.idPrefix)}>
          <Line content={block.content} reading={reading} />
        </Tag>
      )
    }
    case 'bulletList':
      return (
        <ul>
          {inOrder(block.content, (it) => (
            <Item blocks={it.content} reading={reading} />
          ))}
        </ul>
      )
    case 'orderedList':
      return (
        <ol start={block.attrs?.start ?? 1}>
          {inOrder(block.content, (it) => (
            <Item blocks={it.content} reading={reading} />
          ))}
        </ol>
      )
    case 'blockquote':
      return (
        <blockquote>
          <Blocks blocks={block.content} reading={reading} />
        </blockquote>
      )
    case 'horizontalRule':
      return <hr />
    case 'table':
      return (
        <table>
          <tbody>
            {inOrder(block.content, (row) => (
              <tr>
                {inOrder(row.content, (it) => (
                  <Cell cell={it} reading={reading} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
    case 'picture': {
      const { mediaId, alt, caption, width, crop } = block.attrs
      const at = reading.mediaUrl(mediaId, 'picture')
      return (
        <figure data-width={width}>
          {at ? <Shown at={at} alt={alt} crop={crop} /> : <p>（图片已删除）</p>}
          {caption && <figcaption>{caption}</figcaption>}
        </figure>
      )
    }
    case 'video': {
      const { mediaId, caption, posterId } = block.attrs
      const at = reading.mediaUrl(mediaId, 'video')
      const poster = posterId === undefined ? undefined : reading.mediaUrl(posterId, 'poster')?.url
      return (
        <figure data-width="full">
          {at ? (
            // What is said in it is not known here; the caption says what it is.
            <video src={at.url} poster={poster} aria-label={caption || '视频'} controls preload="metadata">
              <track kind="captions" />
            </video>
          ) : (
            <p>（视频已删除）</p>
          )}
          {caption && <figcaption>{caption}</figcaption>}
        </figure>
      )
    }
  }
}

function Shown({ at, alt, crop }: { at: MediumPlace; alt: string; crop: Crop | undefined }) {
  const [size, setSize] = useState({ width: at.width ?? 0, height: at.height ?? 0 })
  const picture = (
    <img
      src={at.url}
      alt={alt}
      width={at.width}
      height={at.height}
      loading="lazy"
      decoding="async"
      style={crop && pictureInFrame(crop)}
      onLoad={({ currentTarget: it }) => setSize({ width: it.naturalWidth, height: it.naturalHeight })}
    />
  )
  if (!crop) return picture
  const shape = size.width > 0 && size.height > 0 ? { aspectRatio: frameShape(crop, size.width, size.height) } : {}
  return (
    <span className="crop" style={shape}>
      {picture}
    </span>
  )
}

function Item({ blocks, reading }: { blocks: readonly Block[]; reading: Reading }) {
  return (
    <li>
      <Blocks blocks={blocks} reading={reading} />
    </li>
  )
}

function Cell({ cell, reading }: { cell: TableCell; reading: Reading }) {
  const Tag = cell.type === 'tableHeader' ? 'th' : 'td'
  return (
    <Tag colSpan={cell.attrs?.colspan} rowSpan={cell.attrs?.rowspan}>
      <Blocks blocks={cell.content} reading={reading} />
    </Tag>
  )
}

function Line({ content = [], reading }: { content: Inline[] | undefined; reading: Reading }) {
  return inOrder(content, (it) => <Piece piece={it} reading={reading} />)
}

function Piece({ piece, reading }: { piece: Inline; reading: Reading }): ReactNode {
  switch (piece.type) {
    case 'text':
      return (piece.marks ?? []).reduceRight<ReactNode>((inside, mark) => marked(inside, mark, reading), piece.text)
    case 'hardBreak':
      return <br />
    case 'footnote': {
      const number = reading.numbers.get(piece) ?? 0
      return (
        <sup>
          <a
            className="footnote"
            id={reading.placeId(number)}
            href={`#${reading.noteId(number)}`}
            aria-label={`脚注 ${number}`}
          >
            {number}
          </a>
        </sup>
      )
    }
    case 'mention': {
      const url = reading.personUrl?.(piece.attrs.personId)
      const name = `@${piece.attrs.label}`
      return url !== undefined && linkProblem(url) === undefined ? (
        <a href={url}>{name}</a>
      ) : (
        <span data-person>{name}</span>
      )
    }
  }
}

const tags: Readonly<Record<PlainMark, 'strong' | 'em' | 'u' | 's' | 'sub' | 'sup'>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  subscript: 'sub',
  superscript: 'sup',
}

function marked(inside: ReactNode, mark: Mark, { profile }: Reading): ReactNode {
  if (mark.type !== 'link') {
    const Tag = tags[mark.type]
    return <Tag>{inside}</Tag>
  }
  const { href } = mark.attrs
  if (linkProblem(href) !== undefined) return inside
  return (
    <a href={href} rel={profile === 'post' ? 'noopener nofollow ugc' : 'noopener'}>
      {inside}
    </a>
  )
}
