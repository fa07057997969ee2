import { expect } from 'vitest'
import type { Browser } from './app.ts'

/** Sends a file in parts as the page does; returns the id of the upload. */
export async function upload(
  browser: Browser,
  bytes: Uint8Array<ArrayBuffer>,
  fileName = '档案包.zip',
  module: 'archive' | 'media' | 'courseware' = 'archive',
): Promise<string> {
  const { id } = await (await browser.post(`/api/${module}/uploads`, { fileName, sizeBytes: bytes.length })).json()
  for (let at = 0; at < bytes.length; at += 4_000_000) {
    const part = bytes.slice(at, at + 4_000_000)
    expect((await browser.send('PATCH', `/api/${module}/uploads/${id}?offset=${at}`, part, {})).status).toBe(200)
  }
  return id
}
