import { parseResponse } from 'hono/client'
import { request } from '../../api.ts'
import { Problem } from '../../problem.ts'
import { archiveClient } from './api.ts'

/** As much is sent in one request. */
const partBytes = 4 * 1024 * 1024

/** How often a part is sent again after the connection was lost, and how long is waited before, in milliseconds. */
const pauses = [1_000, 3_000, 8_000, 15_000]

/** How a file is sent. */
interface Sending {
  onProgress: (sentBytes: number) => void
  signal: AbortSignal
}

/**
 * Sends a file in parts and has something made of it. A part that was lost is sent again from where the server has it; the
 * same file chosen again after the page was left goes on where it was. A file that the server does not take is forgotten there.
 */
export async function fileBy<Made>(
  file: File,
  sending: Sending,
  make: (uploadId: string) => Promise<Made>,
): Promise<Made> {
  const uploadId = await sendFile(file, sending)
  try {
    const made = await make(uploadId)
    await forgetFile(file)
    return made
  } catch (error) {
    if (error instanceof Problem && error.details.status === 422) await forgetFile(file, uploadId)
    throw error
  }
}

/** Forgets which file was sent; with its id also at the server, where nothing came of it. */
export async function forgetFile(file: File, uploadId?: string): Promise<void> {
  localStorage.removeItem(keyOf(file))
  if (uploadId !== undefined) await parseResponse(archiveClient.uploads[':uploadId'].$delete({ param: { uploadId } }))
}

/** Sends a file in parts, from where it was where it had been begun, and returns the id of the upload. */
export async function sendFile(file: File, { onProgress, signal }: Sending): Promise<string> {
  const { id, offset } = await begun(file)
  let sent = offset
  onProgress(sent)
  for (let failures = 0, isLost = false; sent < file.size; ) {
    signal.throwIfAborted()
    try {
      if (isLost) sent = (await stateOf(id)).offset
      isLost = false
      if (sent === file.size) break
      const part = file.slice(sent, sent + partBytes)
      const init = { method: 'PATCH', body: part, signal, headers: { 'content-type': 'application/octet-stream' } }
      await request(`/api/archive/uploads/${id}?offset=${sent}`, init)
      sent += part.size
      failures = 0
    } catch (error) {
      const pause = pauses[failures++]
      if (pause === undefined || !(error instanceof Problem) || !mayGoOn(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
      isLost = true
    }
    onProgress(sent)
  }
  return id
}

/** A disk that is full (507) is full in half a minute, too. */
const mayGoOn = ({ isPassing, details: { status } }: Problem): boolean =>
  (isPassing && status !== 507) || status === 409

const stateOf = (uploadId: string) => parseResponse(archiveClient.uploads[':uploadId'].$get({ param: { uploadId } }))

async function begun(file: File): Promise<{ id: string; offset: number }> {
  const known = localStorage.getItem(keyOf(file))
  if (known !== null) {
    const state = await stateOf(known).catch(() => null)
    if (state?.sizeBytes === file.size) return state
  }
  const json = { fileName: file.name, sizeBytes: file.size }
  const state = await parseResponse(archiveClient.uploads.$post({ json }))
  localStorage.setItem(keyOf(file), state.id)
  return state
}

const keyOf = ({ size, lastModified }: File) => `zhibu.upload ${size} ${lastModified}`
