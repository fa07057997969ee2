import { Refusal } from '../refusal.ts'

/** What of a document is looked at. Beyond it, it is refused before it is built in memory. */
export const limits = {
  maxFileBytes: 512 * 1024 * 1024,
  maxPages: 5_000,
  /** Of a TIFF, in which a page is found only by going through all before it. */
  maxTiffPages: 1_000,
  /** A0 at 300 dpi has 139 million pixels. */
  maxPicturePixels: 140_000_000,
  /** Of a page picture, in pixels. */
  maxWidth: 4_000,
  maxPagePixels: 16_000_000,
  /** Of a side of a page picture. */
  maxSide: 16_000,
  /** Of the text of a page, in characters. */
  maxPageText: 200_000,
  /** A list of 100 rows and 30 columns has 3,000. */
  maxPageLines: 5_000,
  maxWordBytes: 64 * 1024 * 1024,
  /** Of what stands in a Word document, pictures included. */
  maxWordUnpackedBytes: 200 * 1024 * 1024,
  maxWordXmlBytes: 24 * 1024 * 1024,
  /** Of the HTML made of it. */
  maxHtmlBytes: 24 * 1024 * 1024,
  /** Of the pictures that are taken out of it for the editor. */
  maxArticlePictures: 100,
  maxArticlePictureBytes: 64 * 1024 * 1024,
  maxSheets: 50,
  maxRows: 2_000,
  maxColumns: 60,
  maxCellText: 2_000,
  /** Of all cells together, in characters. */
  maxSheetText: 4_000_000,
}

/** That a document takes more memory or time than it may. */
export const tooMuchToShow = () =>
  new Refusal(
    'too-large',
    '文件内容过大或过于复杂，无法在网页中查看。请下载后查看；如需查看，可拆成几个文件后重新上传。',
  )

/** That a document has more pages than are looked at. */
export const tooManyPages = (pages: number, most = limits.maxPages) =>
  new Refusal('too-large', `文件有 ${pages} 页，超过 ${most} 页，无法在网页中查看。请拆成几个文件后重新上传。`)

/** That a document is no sound document of its kind. */
export const damagedDocument = () =>
  new Refusal('unreadable', '文件已损坏或不完整，无法查看。请核对原件能否打开，必要时重新扫描或另存后上传。')

/** That a document cannot be opened without a password. */
export const lockedDocument = () => new Refusal('unreadable', '文件设有打开密码，无法查看。请取消密码后重新上传。')

/** That a document has no such page. */
export const noSuchPage = (page: number, pages: number) =>
  new Refusal('not-found', `没有第 ${page + 1} 页：文件共 ${pages} 页。`)
