import type { Profile, RichText } from '@zhibu/server/platform/rich-text/document-schema'
import type { MediaPlaces, Uploaded } from './media.ts'

/** What a Word document holds: in its HTML `<img data-picture="n">` stands for the nth of the pictures, from 0. */
export interface WordContent {
  html: string
  pictures: File[]
  /** What was left out, in Chinese. */
  remarks: string[]
}

export interface FoundPerson {
  personId: string
  label: string
  /** What tells apart two of the same name. */
  hint?: string
}

export interface EditorProps {
  /** What is written here: “正文”. */
  label: string
  profile: Profile
  /** What stands there first; later ones are taken only with another `key`. */
  value: RichText
  /** Told of what stands there a moment after the last change, and when the editor goes away; sending it is left to whoever asked. */
  onChange: (doc: RichText) => void
  /** Sends a picture or a video to the server. Without it none can be put in. */
  upload?: (file: File) => Promise<Uploaded>
  /** Where media that stand in the text already are. */
  mediaUrl: MediaPlaces
  /** Reads a Word document (.docx). Without it none can be taken over. */
  readWord?: (file: File) => Promise<WordContent>
  /** Finds whom to mention, in posts. Without it nobody can be. */
  findPersons?: (words: string) => Promise<FoundPerson[]>
  placeholder?: string
  /** Has the focus as soon as it stands there. */
  isFirst?: boolean
  disabled?: boolean
  /** Why it was not taken. */
  error?: string | undefined
}
