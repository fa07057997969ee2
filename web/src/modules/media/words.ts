import type { MediaKind, PersonsShown } from '@zhibu/server/modules/media/schema'

export const kindNames: Readonly<Record<MediaKind, string>> = {
  picture: '图片',
  video: '视频',
  sound: '音频',
  attachment: '附件',
}

export const personsShownNames: Readonly<Record<PersonsShown, string>> = {
  nobody: '没有能认出的人',
  consented: '出镜的人都同意公开',
  unknown: '还没有问过',
}

/** By which endings files of a kind are offered; what they are the server sees by their content. */
export const endingsOf: Readonly<Record<MediaKind, readonly string[]>> = {
  picture: ['.jpg', '.jpeg', '.png', '.webp', '.gif'],
  video: ['.mp4', '.mov', '.m4v', '.webm'],
  sound: ['.mp3', '.m4a', '.ogg', '.wav'],
  attachment: ['.pdf', '.ofd', '.doc', '.docx', '.xls', '.xlsx', '.csv', '.zip'],
}

export const hintOf: Readonly<Record<MediaKind, string>> = {
  picture: 'JPG、PNG、WebP、GIF，50 MB 以内',
  video: 'MP4、WebM，2 GB 以内',
  sound: 'MP3、M4A、OGG、WAV，500 MB 以内',
  attachment: 'PDF、OFD、Word、Excel、ZIP，200 MB 以内',
}
