import { request } from './api.ts'
import { Problem } from './problem.ts'

/** As much is sent in one request. */
const partBytes = 4 * 1024 * 1024

/** How often a part is sent again after the connection was lost, and how long is waited before, in milliseconds. */
const pauses = [1_000, 3_000, 8_000, 15_000]

/** How a file is sent. */
export interface Uploading {
  onProgress: (sentBytes: number) => void
  signal: AbortSignal
}

/** How much of a file a server has. */
interface UploadState {
  id: string
  offset: number
  sizeBytes: number
}

/** Sends files in parts into a module of the server. */
export function uploadingInto(module: 'archive' | 'media' | 'courseware') {
  const uploads = `/api/${module}/uploads`
  const keyOf = ({ size, lastModified }: File) =>
    `zhibu.upload ${module === 'archive' ? '' : `${module} `}${size} ${lastModified}`
  const stateOf = async (uploadId: string): Promise<UploadState> => (await request(`${uploads}/${uploadId}`)).json()

  async function begun(file: File): Promise<UploadState> {
    const known = localStorage.getItem(keyOf(file))
    if (known !== null) {
      const state = await stateOf(known).catch(() => null)
      if (state?.sizeBytes === file.size) return state
    }
    const body = JSON.stringify({ fileName: file.name, sizeBytes: file.size })
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } }
    const state: UploadState = await (await request(uploads, init)).json()
    localStorage.setItem(keyOf(file), state.id)
    return state
  }

  /** Forgets which file was sent; with its id also at the server, where nothing came of it. */
  async function forgetFile(file: File, uploadId?: string): Promise<void> {
    localStorage.removeItem(keyOf(file))
    if (uploadId !== undefined) await request(`${uploads}/${uploadId}`, { method: 'DELETE' })
  }

  /** Sends a file in parts, from where it was where it had been begun, and returns the id of the upload. */
  async function sendFile(file: File, { onProgress, signal }: Uploading): Promise<string> {
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
        await request(`${uploads}/${id}?offset=${sent}`, init)
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

  /**
   * Sends a file in parts and has something made of it. A part that was lost is sent again from where the server has it; the
   * same file chosen again after the page was left goes on where it was. A file that the server does not take is forgotten there.
   */
  async function fileBy<Made>(
    file: File,
    sending: Uploading,
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

  return { fileBy, forgetFile, sendFile }
}

/** A disk that is full (507) is full in half a minute, too. */
const mayGoOn = ({ isPassing, details: { status } }: Problem): boolean =>
  (isPassing && status !== 507) || status === 409
