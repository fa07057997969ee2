import path from 'node:path'
import type { Config } from '../config.ts'
import type { Secrets } from '../secrets.ts'
import type { ContentStore } from './content-store.ts'
import { diskStore } from './disk-store.ts'
import { clamdScanner, type Scanner } from './scanner.ts'
import { contentSealing } from './sealing.ts'
import { diskUploads, type Uploads } from './uploads.ts'

/** Everything about the contents of documents, which knows nothing of the documents. */
export interface Contents {
  store: ContentStore
  uploads: Uploads
  /** Null where none was set up, which is to be said wherever a file is taken in. */
  scanner: Scanner | null
}

/** Opens what the settings name: contents below `files` in the data directory, uploads beside them. Makes nothing yet. */
export function openContent(
  { dataDirectory, content }: Pick<Config, 'dataDirectory' | 'content'>,
  secrets: Secrets,
): Contents {
  const { algorithm, seals, scanner } = content
  return {
    store: diskStore(path.join(dataDirectory, 'files'), { algorithm, seals, sealing: contentSealing(secrets) }),
    uploads: diskUploads(path.join(dataDirectory, 'uploads')),
    scanner: scanner && clamdScanner(scanner),
  }
}
