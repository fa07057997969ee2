import { useMantineStyleNonce } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import classes from './DocumentViewer.module.css'

/**
 * A Word document as HTML. It has been cleaned on the server; all the same nothing runs in the frame, nothing is fetched by it
 * and nothing sent. That it counts as of this site, without scripts, lets its height be known.
 */
export function WordView({ label, html }: { label: string; html: string }) {
  const nonce = useMantineStyleNonce()?.() || undefined
  const frame = useRef<HTMLIFrameElement>(null)
  const { ref: measured, width } = useElementSize<HTMLIFrameElement>()
  // Longer where the frame is narrower.
  useEffect(() => {
    if (width > 0) fitHeight(frame.current)
  }, [width])
  return (
    <iframe
      ref={useMergedRef(frame, measured)}
      className={classes.word}
      title={`${label}的正文`}
      sandbox="allow-same-origin"
      srcDoc={pageOf(html, nonce)}
      onLoad={(event) => fitHeight(event.currentTarget)}
    />
  )
}

function fitHeight(frame: HTMLIFrameElement | null): void {
  const content = frame?.contentDocument?.body
  if (content) frame.style.setProperty('--content-height', `${content.offsetHeight + 2}px`)
}

function pageOf(html: string, nonce: string | undefined): string {
  const [source, mark] = nonce === undefined ? [`'unsafe-inline'`, ''] : [`'nonce-${nonce}'`, ` nonce="${nonce}"`]
  const policy = `default-src 'none'; img-src data:; style-src ${source}`
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>正文</title><style${mark}>${look}</style></head><body>${html}</body></html>`
}

/** White paper in both colour schemes, as a document has its own colours. */
const look = `
html { color-scheme: light; background: #fff; color: #26231f; }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1.5rem; font: 16px/1.7 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
h1, h2, h3 { font-size: 1.25rem; line-height: 1.5; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; }
td, th { border: 1px solid #a39c92; padding: 0.25rem 0.5rem; vertical-align: top; }
td p, th p { margin: 0; }
`
