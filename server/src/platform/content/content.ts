import path from 'node:path'
import type { Config } from '../config.ts'
import type { Secrets } from '../secrets.ts'
import type { ContentStore } from './content-store.ts'
import { diskStore, draftsFolder } from './disk-store.ts'
import { s3Bucket } from './s3-bucket.ts'
import { s3Store } from './s3-store.ts'
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

/**
 * Opens what the settings name: contents below `files` in the data directory or in a bucket, uploads beside them. Makes
 * nothing yet, and asks nobody.
 */
export function openContent(
  { dataDirectory, content }: Pick<Config, 'dataDirectory' | 'content'>,
  secrets: Secrets,
): Contents {
  const { bucket, algorithm, seals, scanner } = content
  const keeping = { algorithm, seals, sealing: contentSealing(secrets) }
  const files = path.join(dataDirectory, 'files')
  return {
    store: bucket ? s3Store(s3Bucket(bucket), path.join(files, draftsFolder), keeping) : diskStore(files, keeping),
    uploads: diskUploads(path.join(dataDirectory, 'uploads')),
    scanner: scanner && clamdScanner(scanner),
  }
}
