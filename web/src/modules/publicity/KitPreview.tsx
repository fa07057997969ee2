import type { KitView } from '@zhibu/server/modules/publicity/schema'
import { useEffect, useId, useRef } from 'react'
import classes from './Kit.module.css'

/**
 * The article as wide as a phone, white by night too, as it is there. Our policy lets no `style` of a text in, so each is handed over
 * by the script; in a root of its own nothing of this page reaches the article.
 */
export function KitPreview({ kit: { title, author, html } }: { kit: KitView }) {
  const id = useId()
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: 'open' })
    root?.replaceChildren(...elementsOf(html))
  }, [html])
  return (
    <section className={classes.preview} aria-labelledby={id}>
      <h2 id={id} className={classes.previewTitle}>
        手机上的样子
      </h2>
      <div className={classes.phone} lang="zh-CN">
        <p className={classes.phoneTitle}>{title || '没有标题'}</p>
        {author && <p className={classes.phoneAuthor}>{author}</p>}
        <div ref={host} />
      </div>
    </section>
  )
}

function elementsOf(html: string): NodeListOf<ChildNode> {
  // Every quotation mark of a text is escaped: this is found nowhere but in a tag.
  const { body } = new DOMParser().parseFromString(html.replaceAll(' style="', ' data-look="'), 'text/html')
  for (const it of body.querySelectorAll<HTMLElement>('[data-look]')) {
    it.style.cssText = it.dataset.look ?? ''
    delete it.dataset.look
  }
  return body.childNodes
}
