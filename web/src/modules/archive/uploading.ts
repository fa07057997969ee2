import { uploadingInto } from '../../uploading.ts'

/** Sends files into the archive. */
export const { fileBy, forgetFile, sendFile } = uploadingInto('archive')
