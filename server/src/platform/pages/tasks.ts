/** The kinds of documents whose pages can be looked at, as their content tells. */
export type PageType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/tiff' | 'image/webp' | 'image/gif'

/** The size of a page as it is shown: in points (1/72 inch) for a PDF, in pixels for a picture. */
export interface PageSize {
  width: number
  height: number
}

/** A rectangle on a page as it is shown, as fractions of its width and height, from the upper left corner. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** A line of text and where it stands. */
export interface TextLine {
  text: string
  box: Box
}

/** By how much a page is turned to the right. */
export type Turn = 0 | 90 | 180 | 270

/** How a page is to be shown. */
export interface PictureWish {
  /** From 0. */
  page: number
  /** In pixels, after turning; less where the page would become too high. */
  width: number
  turn?: Turn
  /** Written across the page again and again, in the pixels themselves. */
  watermark?: string
}

/** Which line of a page is to be shown, and how the page lies. */
export interface LineWish {
  /** From 0. */
  page: number
  /** Around the line, upright on the page as it came. */
  box: Box
  /** By how much the page is turned to the right, and then back by the skew in degrees, until it is upright. */
  turnedBy: Turn
  skewedBy: number
  watermark?: string
}

/** A picture in a file that does not change while it is read. */
export interface PictureFile {
  path: string
  type: Exclude<PageType, 'application/pdf'>
}

/** How a picture is to be made anew, in pixels. */
export interface RemakeWish {
  longestSide: number
  /** Of the narrower ones beside it; those as wide as the picture or wider are left out. */
  widths: readonly number[]
}

/** Which part of a picture is to be cut out, and how large it is to become. */
export interface CropWish {
  box: Box
  size: { width: number; height: number }
}

/** A picture of our own making. */
export interface RemadePicture {
  width: number
  height: number
  mediaType: 'image/jpeg' | 'image/png'
  bytes: Uint8Array
}

/** A picture that was made anew, with the narrower ones beside it. */
export interface RemadePictures {
  whole: RemadePicture
  narrower: RemadePicture[]
}

/** A Word document to read: as HTML without anything that runs or comes from elsewhere, and as plain text. */
export interface WordText {
  html: string
  text: string
}

/** A picture that stands in a Word document. */
export interface ImportedPicture {
  /** As it is called here; Word keeps no name. */
  name: string
  type: string
  bytes: Uint8Array
}

/** A Word document for the editor: HTML in which `<img data-picture="n">` stands for the nth of the pictures, from 0. */
export interface WordArticle {
  html: string
  pictures: ImportedPicture[]
  /** What was left out, in Chinese. */
  remarks: string[]
}

/** A sheet of a workbook, its upper rows as they are shown. */
export interface SheetRows {
  name: string
  rows: string[][]
  /** Whether the sheet has rows or columns beyond those. */
  isCut: boolean
}

/** A document in a file that does not change while it is read. */
export interface PageFile {
  path: string
  type: PageType
}

/** A page of a file on its way into a new PDF. */
export interface FilePage extends PageFile {
  /** From 0. */
  page: number
  turn: Turn
}

/** What the reading process is asked, by task. */
export interface Questions {
  describe: PageFile
  picture: { file: PageFile; wish: PictureWish }
  line: { file: PageFile; wish: LineWish }
  /** Pages from `from` on, until some text has been read. */
  text: { file: PageFile; from: number }
  remake: { file: PictureFile; wish: RemakeWish }
  crop: { file: PictureFile; wish: CropWish }
  /** Writes a new PDF. */
  join: { pages: readonly FilePage[]; into: string }
  word: string
  article: string
  sheets: string
}

/** What it answers, by task. */
export interface Answers {
  describe: PageSize[]
  picture: Uint8Array
  line: Uint8Array
  text: { pages: TextLine[][]; isLast: boolean }
  remake: RemadePictures
  crop: RemadePicture
  join: null
  word: WordText
  article: WordArticle
  sheets: SheetRows[]
}

/** A question as it is sent. */
export interface Asked<Task extends keyof Questions> {
  task: Task
  question: Questions[Task]
}
